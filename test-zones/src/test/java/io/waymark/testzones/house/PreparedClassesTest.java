package io.waymark.testzones.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.records.address.IpAddress;
import io.waymark.records.message.Rcode;
import io.waymark.testzones.peer.Peers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The build prepares our jars for the start-up cache (build/PrepareClassFiles.java): what it replaces is gone, and
/// says what it said.
class PreparedClassesTest {
    private static final Path TARGET = Peers.root().resolve("cli/target");
    private static final Set<String> LINKED_AT_FIRST_USE =
            Set.of("SwitchBootstraps.typeSwitch", "ObjectMethods.equals", "ObjectMethods.hashCode");

    static List<Path> ours() throws IOException {
        try (var lib = Files.list(TARGET.resolve("lib"))) {
            return Stream.concat(Stream.of(TARGET.resolve("waymark.jar")), lib.filter(PreparedClassesTest::isOurs))
                    .toList();
        }
    }

    private static boolean isOurs(Path jar) {
        var name = jar.getFileName().toString();
        return Stream.of("records-", "cluster-source-", "dns-server-").anyMatch(name::startsWith);
    }

    @Test
    void theProgramHasFourJarsOfItsOwn() throws IOException {
        assertThat(ours()).hasSize(4);
    }

    @ParameterizedTest
    @MethodSource("ours")
    void noClassMakesAnotherOneForASwitchOrARecord(Path jar) throws IOException {
        try (var file = new JarFile(jar.toFile())) {
            var made = file.stream()
                    .filter(entry -> entry.getName().endsWith(".class"))
                    .flatMap(entry -> calls(file, entry.getName()))
                    .toList();
            assertThat(made).isEmpty();
        }
    }

    private static Stream<String> calls(JarFile file, String name) {
        try (var in = file.getInputStream(file.getEntry(name))) {
            return ClassFile.of().parse(in.readAllBytes()).methods().stream()
                    .flatMap(method -> method.code().stream())
                    .flatMap(code -> code.elementStream())
                    .filter(InvokeDynamicInstruction.class::isInstance)
                    .map(InvokeDynamicInstruction.class::cast)
                    .map(call -> call.bootstrapMethod().owner().displayName() + "."
                            + call.name().stringValue())
                    .filter(LINKED_AT_FIRST_USE::contains)
                    .map(call -> name + ": " + call);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @ParameterizedTest
    @MethodSource("records")
    void aPreparedRecordIsEqualAndHashesAsTheCompiledOne(Object compiled)
            throws ReflectiveOperationException, IOException {
        try (var prepared = new URLClassLoader(urls(), ClassLoader.getPlatformClassLoader())) {
            var one = copy(compiled, prepared);
            var same = copy(compiled, prepared);
            assertThat(one).isNotSameAs(same).isEqualTo(same).hasSameHashCodeAs(compiled);
            for (var other : records()) {
                assertThat(one.equals(copy(other, prepared))).isEqualTo(compiled.equals(other));
            }
            assertThat(one.equals(null)).isFalse();
        }
    }

    static List<Object> records() {
        return List.of(
                new Rcode(0),
                new Rcode(23),
                new IpAddress.V6(1, 2),
                new IpAddress.V6(1, 3),
                new IpAddress.V4(7),
                new IpAddress.V4(-7));
    }

    /// The same value in the classes of another loader.
    private static Object copy(Object value, ClassLoader loader) throws ReflectiveOperationException {
        var components = value.getClass().getRecordComponents();
        var types = new Class<?>[components.length];
        var values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = components[i].getAccessor().invoke(value);
        }
        return loader.loadClass(value.getClass().getName())
                .getConstructor(types)
                .newInstance(values);
    }

    private static URL[] urls() throws IOException {
        return ours().stream().map(Path::toUri).map(PreparedClassesTest::url).toArray(URL[]::new);
    }

    private static URL url(URI uri) {
        try {
            return uri.toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
