import ca.uhn.fhir.validation.ResultSeverityEnum;
import de.gematik.refv.SupportedValidationModule;
import de.gematik.refv.ValidationModuleFactory;
import java.nio.file.Path;

/**
 * Asks gematik's validator about each file named on the command line. One line a file: VALID or INVALID, a tab, the path; under an
 * invalid one its errors, each after a tab. Run by conformance.ts.
 */
public class Conformance {
  public static void main(String[] files) throws Exception {
    var module = new ValidationModuleFactory().createValidationModule(SupportedValidationModule.EAU);
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
}
