import ca.uhn.fhir.validation.ResultSeverityEnum;
import de.gematik.refv.SupportedValidationModule;
import de.gematik.refv.ValidationModuleFactory;
import java.io.File;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/**
 * Asks gematik's validator about each file named on the command line. One line a file: VALID or INVALID, a tab, the path; under an
 * invalid one its errors, each after a tab. Before all, WITH and a tab: the validator's version and the newest of each of KBV's packages in it. Run by
 * conformance.ts.
 */
public class Conformance {
  public static void main(String[] files) throws Exception {
    var module = new ValidationModuleFactory().createValidationModule(SupportedValidationModule.EAU);
    System.out.println("WITH\t" + validator());
    for (var file : files) {
      var result = module.validateFile(Path.of(file));
      System.out.println((result.isValid() ? "VALID\t" : "INVALID\t") + file);
      if (result.isValid()) continue;
      for (var message : result.getValidationMessages()) {
        if (message.getSeverity().compareTo(ResultSeverityEnum.ERROR) < 0) continue;
        var text = message.getMessage().replaceAll("\\s+", " ");
        System.out.println("\t" + message.getLocationString() + ": " + text);
      }
    }
  }

  /** «2.12.0 kbv.ita.eau-1.2.0 kbv.ita.for-1.2.0», from the module's own jar. */
  private static String validator() throws Exception {
    var jar = Pattern.compile("valmodule-eau-([0-9.]+)\\.jar$");
    for (var path : System.getProperty("java.class.path").split(File.pathSeparator)) {
      var found = jar.matcher(path);
      if (!found.find()) continue;
      var newest = new TreeSet<String>();
      try (var module = new JarFile(path)) {
        for (var name : new String[] {"kbv.ita.eau", "kbv.ita.for"}) {
          var pack = Pattern.compile("^eau/package/(" + Pattern.quote(name) + "-[0-9.]+)\\.tgz$");
          var versions = new TreeSet<String>();
          module.stream().map(entry -> pack.matcher(entry.getName())).filter(match -> match.matches()).forEach(match -> versions.add(match.group(1)));
          if (!versions.isEmpty()) newest.add(versions.last());
        }
      }
      return found.group(1) + " " + String.join(" ", newest);
    }
    return "of an unknown version";
  }
}
