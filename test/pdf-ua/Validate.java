import java.io.FileInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.verapdf.pdfa.validation.validators.ValidatorFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Asks veraPDF which rules of PDF/UA-1 a PDF breaks: one line for each file of standard input, "passed" or "failed", then
 * its path, then for each broken rule its number, how often, and what is wrong, parted by tabs.
 */
class Validate {
  static final PDFAFlavour FLAVOUR = PDFAFlavour.PDFUA_1;

  public static void main(String[] none) throws Exception {
    Logger.getLogger("").setLevel(Level.OFF);
    VeraGreenfieldFoundryProvider.initialise();
    ValidationProfile profile = profile();
    for (String file : new String(System.in.readAllBytes(), "UTF-8").split("\n")) {
      try (InputStream bytes = new FileInputStream(file);
          PDFAParser parser = Foundries.defaultInstance().createParser(bytes, FLAVOUR);
          PDFAValidator validator = ValidatorFactory.createValidator(profile, 1, false, true, false)) {
        ValidationResult result = validator.validate(parser);
        TreeMap<String, String> broken = new TreeMap<>();
        for (TestAssertion assertion : result.getTestAssertions()) {
          if (assertion.getStatus() != TestAssertion.Status.FAILED) continue;
          String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
          broken.putIfAbsent(rule, assertion.getErrorMessage() + " (" + assertion.getLocation().getContext() + ")");
        }
        StringBuilder line = new StringBuilder((result.isCompliant() ? "passed\t" : "failed\t") + file);
        broken.forEach((rule, message) -> line.append("\t" + rule + " " + message.replaceAll("\\s+", " ")));
        System.out.println(line);
      }
    }
  }

  /** veraPDF reads its profiles with JAXB, which Java has no longer: so its own file is read here, with what Java has. */
  static ValidationProfile profile() throws Exception {
    InputStream file = PDFAFlavour.class.getResourceAsStream("/org/verapdf/pdfa/validation/PDFUA-1.xml");
    Element root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file).getDocumentElement();
    Set<Rule> rules = new HashSet<>();
    for (Element rule : within(root, "rule")) {
      Element id = within(rule, "id").get(0);
      Element error = within(rule, "error").get(0);
      List<ErrorArgument> values = new ArrayList<>();
      for (Element value : within(error, "argument")) {
        values.add(ErrorArgumentImpl.fromValues(value.getTextContent(), value.getAttribute("name"), null));
      }
      rules.add(
          Profiles.ruleFromValues(
              Profiles.ruleIdFromValues(
                  FLAVOUR.getPart(), id.getAttribute("clause"), Integer.parseInt(id.getAttribute("testNumber"))),
              rule.getAttribute("object"),
              rule.getAttribute("deferred").equals("true"),
              rule.getAttribute("tags"),
              text(rule, "description"),
              text(rule, "test"),
              Profiles.errorFromValues(text(error, "message"), values),
              List.of()));
    }
    Set<Variable> variables = new HashSet<>();
    for (Element variable : within(root, "variable")) {
      variables.add(
          Profiles.variableFromValues(
              variable.getAttribute("name"),
              variable.getAttribute("object"),
              text(variable, "defaultValue"),
              text(variable, "value")));
    }
    return Profiles.profileFromValues(
        FLAVOUR, Profiles.profileDetailsFromValues("", "", "", new Date(0)), "", rules, variables);
  }

  static List<Element> within(Element element, String name) {
    NodeList found = element.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int index = 0; index < found.getLength(); index += 1) elements.add((Element) found.item(index));
    return elements;
  }

  static String text(Element element, String name) {
    return within(element, name).get(0).getTextContent();
  }
}
