package io.tributary.packaging;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.apache.flink.streaming.api.environment.CheckpointConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The packages follow the data path, and depend on each other in one direction. */
@AnalyzeClasses(packages = "io.tributary", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String LOCAL = "io.tributary.local..";

    @ArchTest
    static final ArchRule theJobDoesNotKnowTheLocalStack = noClasses()
            .that()
            .resideOutsideOfPackage(LOCAL)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(LOCAL);

    @ArchTest
    static final ArchRule nothingDependsOnTheMainClassesPackage = noClasses()
            .that()
            .resideInAnyPackage("io.tributary.*..")
            .and()
            .resideOutsideOfPackage(LOCAL)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.tributary");

    @ArchTest
    static final ArchRule configurationStandsAlone = noClasses()
            .that()
            .resideInAPackage("io.tributary.config..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.tributary.source..",
                    "io.tributary.format..",
                    "io.tributary.debezium..",
                    "io.tributary.row..",
                    "io.tributary.lake..",
                    "io.tributary.aggregate..",
                    "io.tributary.deadletter..");

    @ArchTest
    static final ArchRule formatsDoNotKnowWhatTheBytesMean = noClasses()
            .that()
            .resideInAPackage("io.tributary.format..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.tributary.debezium..", "io.tributary.lake..", "io.tributary.aggregate..");

    @ArchTest
    static final ArchRule rowsAndTheirMergeArePure = noClasses()
            .that()
            .resideInAnyPackage("io.tributary.row..", "io.tributary.lake.merge..", "io.tributary.lake.schema..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.flink..", "org.apache.kafka..", "io.tributary.source..", "io.tributary.format..");

    @ArchTest
    static final ArchRule debeziumDoesNotKnowWhatBecomesOfItsEvents = noClasses()
            .that()
            .resideInAPackage("io.tributary.debezium..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.tributary.lake..", "io.tributary.aggregate..");

    @ArchTest
    static final ArchRule theLakeAndTheAggregatesDoNotKnowEachOther = noClasses()
            .that()
            .resideInAPackage("io.tributary.lake..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.tributary.aggregate..");

    @ArchTest
    static final ArchRule theAggregatesDoNotKnowTheLake = noClasses()
            .that()
            .resideInAPackage("io.tributary.aggregate..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.tributary.lake..");

    @ArchTest
    static final ArchRule theLakeDoesNotKnowTheCatalogue = noClasses()
            .that()
            .resideInAnyPackage("io.tributary.lake..", "io.tributary.aggregate..", "io.tributary.format..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.tributary.catalog..");

    @ArchTest
    static final ArchRule onlyTheCatalogueKnowsHive = noClasses()
            .that()
            .resideOutsideOfPackages("io.tributary.catalog..", LOCAL)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.hadoop.hive..", "org.apache.thrift..");

    @ArchTest
    static final ArchRule callsToServersKnowNothingOfTheJob = noClasses()
            .that()
            .resideInAnyPackage("io.tributary.http..", "io.tributary.aws..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.tributary.config..",
                    "io.tributary.format..",
                    "io.tributary.debezium..",
                    "io.tributary.lake..",
                    "io.tributary.catalog..",
                    "org.apache.flink..");

    @ArchTest
    static final ArchRule onlyTheLakeKnowsHudi = noClasses()
            .that()
            .resideOutsideOfPackages("io.tributary.lake..", LOCAL)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.hudi..");

    /** Managed Service for Apache Flink sets them, and a cluster's own configuration does. */
    @ArchTest
    static final ArchRule theClustersSettingsAreLeftToIt = noClasses()
            .that()
            .resideOutsideOfPackage(LOCAL)
            .and()
            .doNotHaveSimpleName("CheckpointChecks")
            .should()
            .callMethodWhere(
                    target(owner(assignableTo(StreamExecutionEnvironment.class)))
                            .and(
                                    target(
                                            nameMatching(
                                                    "enableCheckpointing|set(Parallelism|MaxParallelism|StateBackend|RestartStrategy|DefaultSavepointDirectory)"))))
            .orShould()
            .callMethodWhere(
                    target(owner(assignableTo(CheckpointConfig.class))).and(target(nameMatching("set.*|enable.*"))));

    /** Credentials are the default chain's business; where the job runs is nobody's. */
    @ArchTest
    static final ArchRule nothingAsksForInstanceMetadata = noClasses()
            .that()
            .resideOutsideOfPackage(LOCAL)
            .should()
            .dependOnClassesThat()
            .haveNameMatching(
                    "(com\\.amazonaws|software\\.amazon\\.awssdk)\\..*(InstanceProfile|InstanceMetadata|EC2Metadata|ContainerCredentials).*");

    @ArchTest
    static final ArchRule nothingUsesKryoOrJavaSleep = noClasses()
            .that()
            .resideOutsideOfPackage(LOCAL)
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("com.esotericsoftware..");
}
