package io.github.sweepwatch.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The direction of dependencies: events know nothing of parsers, parsers nothing of detection. */
class ArchitectureTest {
  private static final String ROOT = "io.github.sweepwatch.";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.github.sweepwatch");

  private static void assertDependsOnly(String of, String... on) {
    String[] allowed =
        Stream.concat(Stream.of(of), Arrays.stream(on))
            .map(name -> ROOT + name)
            .toArray(String[]::new);
    classes()
        .that()
        .resideInAPackage(ROOT + of)
        .should()
        .onlyDependOnClassesThat(
            resideOutsideOfPackages("io.github.sweepwatch..").or(resideInAnyPackage(allowed)))
        .check(CLASSES);
  }

  @Test
  void seesEveryPackage() {
    Set<String> packages =
        CLASSES.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> !name.startsWith(ROOT + "parser."))
            .collect(Collectors.toCollection(TreeSet::new));
    // A new package has its rule added here, or it would be bound by none.
    assertEquals(
        Stream.of(
                "cli",
                "detect",
                "detect.internal",
                "event",
                "explain",
                "output",
                "read",
                "response",
                "spi",
                "text",
                "triage")
            .map(name -> ROOT + name)
            .collect(Collectors.toCollection(TreeSet::new)),
        packages);
    assertTrue(
        CLASSES.stream().anyMatch(each -> each.getPackageName().equals(ROOT + "parser.zeek")));
  }

  @Test
  void dependenciesHaveOneDirection() {
    assertDependsOnly("text");
    assertDependsOnly("event", "text");
    assertDependsOnly("spi", "event");
    assertDependsOnly("read", "spi", "event", "text");
    assertDependsOnly("explain", "event");
    assertDependsOnly("detect..", "explain", "event", "text");
    assertDependsOnly("triage", "detect", "explain", "event", "text");
    assertDependsOnly("parser..", "spi", "event", "text");
    assertDependsOnly("output", "detect", "explain", "triage", "event");
    assertDependsOnly("response", "detect", "explain", "event");
  }

  @Test
  void internalsStayInside() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "detect..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + "detect.internal..")
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.github.sweepwatch.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void librariesDoNotPrint() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "cli")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(CLASSES);
  }

  @Test
  void publicSignaturesShowNoThirdParty() {
    Set<String> shown = new TreeSet<>();
    long members = 0;
    for (JavaClass each : CLASSES) {
      if (each.getPackageName().equals(ROOT + "cli")
          || each.getPackageName().startsWith(ROOT + "detect.internal")
          || !each.getModifiers().contains(JavaModifier.PUBLIC)) {
        continue;
      }
      collect(shown, each.getRawSuperclass().stream(), each.getName());
      collect(shown, each.getRawInterfaces().stream(), each.getName());
      for (JavaMember member : each.getMembers()) {
        if (member.getModifiers().contains(JavaModifier.PUBLIC)
            || member.getModifiers().contains(JavaModifier.PROTECTED)) {
          members++;
          collect(shown, types(member), member.getFullName());
        }
      }
    }
    assertTrue(members > 200, members + " members");
    assertEquals(Set.of(), shown);
  }

  private static Stream<JavaClass> types(JavaMember member) {
    if (member instanceof JavaField field) {
      return Stream.of(field.getRawType());
    }
    JavaCodeUnit unit = (JavaCodeUnit) member;
    return Stream.concat(
        Stream.of(unit.getRawReturnType()),
        Stream.concat(unit.getRawParameterTypes().stream(), unit.getExceptionTypes().stream()));
  }

  private static void collect(Set<String> shown, Stream<JavaClass> types, String where) {
    types
        .map(JavaClass::getBaseComponentType)
        .filter(type -> !type.isPrimitive())
        .filter(type -> !type.getName().startsWith("java.") && !type.getName().startsWith(ROOT))
        .forEach(type -> shown.add(where + " shows " + type.getName()));
  }
}
