package dev.tsferry.lab;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Holds the arrows between the modules, and that packages depend on each other in one direction.
 */
class ArchitectureTest {
  private static JavaClasses classes;

  @BeforeAll
  static void importClasses() {
    classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.tsferry");
  }

  @Test
  void modules_dependInOneDirection() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("dev.tsferry..")
        .layer("plan")
        .definedBy("dev.tsferry.plan..")
        .layer("infra")
        .definedBy("dev.tsferry.infra..")
        .layer("runner")
        .definedBy("dev.tsferry.runner..")
        .layer("cli")
        .definedBy("dev.tsferry.cli..")
        .layer("lab")
        .definedBy("dev.tsferry.lab..")
        .whereLayer("plan")
        .mayNotAccessAnyLayer()
        .whereLayer("infra")
        .mayOnlyAccessLayers("plan")
        .whereLayer("runner")
        .mayOnlyAccessLayers("plan")
        .whereLayer("cli")
        .mayOnlyAccessLayers("plan", "runner")
        .check(classes);
  }

  @Test
  void packages_haveNoCycles() {
    slices().matching("dev.tsferry.(**)").should().beFreeOfCycles().check(classes);
  }

  @Test
  void runner_knowsOfAws_onlyItsSecrets_inOnePlace() {
    noClasses()
        .that()
        .resideInAPackage("dev.tsferry.runner..")
        .and()
        .resideOutsideOfPackage("dev.tsferry.runner.aws..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("software.amazon.awssdk..")
        .check(classes);
  }

  @Test
  void plan_knowsNoAwsAndNoDatabase() {
    noClasses()
        .that()
        .resideInAPackage("dev.tsferry.plan..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("software.amazon..", "org.postgresql..", "java.sql..")
        .check(classes);
  }

  @Test
  void commands_reachAws_onlyThroughTheirAdapters() {
    noClasses()
        .that()
        .resideInAPackage("dev.tsferry.cli..")
        .and()
        .resideOutsideOfPackage("dev.tsferry.cli.aws..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("software.amazon.awssdk..")
        .check(classes);
  }
}
