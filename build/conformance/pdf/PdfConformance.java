import java.io.FileInputStream;
import java.util.TreeSet;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;

/**
 * Asks veraPDF whether each file named on the command line keeps PDF/A-2b. One line a file: VALID or INVALID, a tab, the path; under an
 * invalid one the rules it breaks, each after a tab. Run by conformance.ts.
 */
public class PdfConformance {
  public static void main(String[] files) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    for (var file : files) {
      try (var parser = Foundries.defaultInstance().createParser(new FileInputStream(file), PDFAFlavour.PDFA_2_B);
          var validator = Foundries.defaultInstance().createValidator(PDFAFlavour.PDFA_2_B, false)) {
        var result = validator.validate(parser);
        System.out.println((result.isCompliant() ? "VALID\t" : "INVALID\t") + file);
        var broken = new TreeSet<String>();
        for (var assertion : result.getTestAssertions()) {
          if (assertion.getStatus() != TestAssertion.Status.FAILED) continue;
          var rule = assertion.getRuleId();
          broken.add(rule.getClause() + "-" + rule.getTestNumber() + ": " + assertion.getMessage().replaceAll("\\s+", " "));
        }
        for (var line : broken) System.out.println("\t" + line);
      }
    }
  }
}
