package io.waymark.testzones.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.waymark.records.view.View;
import io.waymark.records.zone.LookupResult;
import io.waymark.records.zone.Zone;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Which code may know which, read from the class files of everything that ships.
class TidyTest {
    private static final String RECORDS = "io.waymark.records..";
    private static final String SOURCE = "io.waymark.source..";
    private static final String DNS = "io.waymark.dns..";
    private static final String PROXY = "io.waymark.proxy..";
    private static final String RULES = "io.waymark.proxy.rules..";
    private static final String TRACE = "io.waymark.proxy.trace..";
    private static final String DOCTOR = "io.waymark.doctor..";
    private static final String CLI = "io.waymark.cli..";

    private static JavaClasses shipped;

    @BeforeAll
    static void readWhatShips() {
        shipped = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .withImportOption(TidyTest::isNoTestJar)
                .importPackages("io.waymark");
    }

    /// The records' test harness reaches us as a jar of its own, or as a folder while Maven builds.
    private static boolean isNoTestJar(Location location) {
        return !location.matches(Pattern.compile(".*(-tests\\.jar|/test-classes/).*"));
    }

    @Test
    void recordsKnowNobodyAbove() {
        noClasses()
                .that()
                .resideInAPackage(RECORDS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SOURCE, DNS, PROXY, DOCTOR, CLI)
                .because("data flows from the records upwards")
                .check(shipped);
    }

    @Test
    void aSourceDoesNotKnowWhoListens() {
        noClasses()
                .that()
                .resideInAPackage(SOURCE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(DNS, PROXY, DOCTOR, CLI)
                .because("a source delivers deltas to a ClusterListener and knows no more of it")
                .check(shipped);
    }

    @Test
    void theTwoDaemonsDoNotKnowEachOtherNorWhatStartsThem() {
        noClasses()
                .that()
                .resideInAPackage(DNS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(PROXY, DOCTOR, CLI)
                .check(shipped);
        noClasses()
                .that()
                .resideInAPackage(PROXY)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(DNS, DOCTOR, CLI)
                .allowEmptyShould(true)
                .check(shipped);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.waymark.(*).(*)..").should().beFreeOfCycles().check(shipped);
    }

    @Test
    void recordsRulesAndTracesArePure() {
        noClasses()
                .that()
                .resideInAnyPackage(RECORDS, RULES, TRACE)
                .should()
                .dependOnClassesThat(isEffect())
                .because("they know no sockets, files, clocks, threads or loggers; pass a value in instead")
                .check(shipped);
    }

    private static DescribedPredicate<JavaClass> isEffect() {
        var io = resideInAPackage("java.io..")
                .and(not(assignableTo(Throwable.class)))
                // An array in memory; dnsjava reads from nothing else.
                .and(not(new Named("java.io.Serializable", "java.io.ByteArrayInputStream")));
        var threads = new Named(
                "java.lang.Thread",
                "java.lang.Process",
                "java.lang.ProcessBuilder",
                "java.lang.Runtime",
                "java.util.Timer",
                "java.util.Random",
                "java.security.SecureRandom",
                "java.time.Clock",
                "java.util.concurrent.Executor",
                "java.util.concurrent.ExecutorService",
                "java.util.concurrent.Executors",
                "java.util.concurrent.ForkJoinPool",
                "java.util.concurrent.CompletableFuture",
                "java.util.concurrent.ThreadLocalRandom");
        return io.or(threads)
                .or(resideInAnyPackage(
                        "java.net..",
                        "java.nio.file..",
                        "java.nio.channels..",
                        "java.util.logging..",
                        "org.slf4j..",
                        "io.netty..",
                        "io.vertx.."))
                .as("sockets, files, clocks, threads or loggers");
    }

    @Test
    void recordsRulesAndTracesDoNotAskWhatTimeItIs() {
        noClasses()
                .that()
                .resideInAnyPackage(RECORDS, RULES, TRACE)
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .because("time is a parameter, so that every test replays")
                .check(shipped);
    }

    @Test
    void nativeMemoryIsTouchedOnlyByTheUdpListenerAndNetlink() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.waymark.dns.listen..", "io.waymark.proxy.netlink..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.foreign..")
                .check(shipped);
    }

    @Test
    void eachLibraryHasOneDoor() {
        onlyIn("org.xbill..", "io.waymark.records.dnsjava..");
        onlyIn("com.google.re2j..", "io.waymark.dns.pattern..");
        onlyIn("picocli..", CLI);
        onlyIn("io.netty..", DNS, PROXY);
        onlyIn("io.vertx..", DNS, PROXY);
        onlyIn("io.kubernetes..", SOURCE, DOCTOR);
        onlyIn("org.yaml..", "io.waymark.source.document..", "io.waymark.source.manifest..");
        onlyIn("com.google.gson..", SOURCE);
        onlyIn("okhttp3..", SOURCE);
    }

    private static void onlyIn(String library, String... doors) {
        noClasses()
                .that()
                .resideOutsideOfPackages(doors)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(shipped);
    }

    @Test
    void nobodyUsesWhatIsInsideTheJdkOrAnotherLogger() {
        noClasses()
                .that()
                // Signals: Java has no other way to them.
                .doNotHaveFullyQualifiedName("io.waymark.cli.Signals")
                // The JDK's HTTP server, which it exports in spite of its name.
                .and()
                .resideOutsideOfPackage("io.waymark.proxy.admin..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("sun..", "com.sun..", "jdk.internal..", "java.util.logging..", "org.apache..")
                .check(shipped);
    }

    @Test
    void thereIsNoWayToTheRecordsWithoutAView() {
        methods()
                .that()
                .areDeclaredInClassesThat(assignableTo(Zone.class))
                .and()
                .haveRawReturnType(LookupResult.class)
                .and()
                .arePublic()
                .should(takeAViewFirst())
                .because("what a client may see is decided in the lookup, not after it")
                .check(shipped);
    }

    private static ArchCondition<JavaMethod> takeAViewFirst() {
        return new ArchCondition<>("take a View as the first parameter") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                var parameters = method.getRawParameterTypes();
                boolean holds = !parameters.isEmpty() && parameters.getFirst().isAssignableTo(View.class);
                events.add(new SimpleConditionEvent(method, holds, method.getDescription()));
            }
        };
    }

    @Test
    void nothingStaticChanges() {
        fields().that()
                .areStatic()
                .and()
                .doNotHaveName("$assertionsDisabled")
                .should()
                .beFinal()
                .because("a static that changes is shared by tests and servers that should not know of each other")
                .check(shipped);
    }

    @Test
    void aNameSaysWhatAClassIs() {
        var vague = ".*\\.(\\w*(Util|Utils|Helper|Manager|Impl)|(Abstract|Base)[A-Z]\\w*)";
        noClasses()
                .that()
                .areTopLevelClasses()
                .should()
                .haveNameMatching(vague)
                .because("a noun for data, a role for effects; what needs such a word needs another home")
                .check(shipped);
    }

    @Test
    void theClassesThatShipWereReallyRead() {
        classes()
                .that()
                .haveFullyQualifiedName("io.waymark.cli.Main")
                .should()
                .bePublic()
                .check(shipped);
        classes()
                .that()
                .haveFullyQualifiedName("io.waymark.records.zone.Zone")
                .should()
                .beInterfaces()
                .check(shipped);
        noClasses()
                .should()
                .haveSimpleName(TidyTest.class.getSimpleName())
                .because("tests are not what ships")
                .check(shipped);
    }

    /// The classes of exactly these names.
    private static final class Named extends DescribedPredicate<JavaClass> {
        private final Set<String> names;

        Named(String... names) {
            super("one of %s", String.join(", ", names));
            this.names = Set.of(names);
        }

        @Override
        public boolean test(JavaClass candidate) {
            return names.contains(candidate.getName());
        }
    }
}
