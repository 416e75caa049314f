import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Lifts the classes of a jar that are older than Java 6 to the class files of Java 8, in place: the
/// same code, with the stack maps that a newer verifier reads. The AOT cache (JEP 483) holds no class
/// without them, and loading and verifying picocli's 171 one by one costs a tenth of the start.
/// A jar without such classes is left as it is. Same input, same octets.
///
/// Run by Maven: `java build/LiftClassFiles.java JAR`
public final class LiftClassFiles {
    private static final int JAVA_6 = 50;

    private LiftClassFiles() {}

    public static void main(String[] args) throws IOException {
        var jar = Path.of(args[0]);
        var lifted = jar.resolveSibling(jar.getFileName() + ".lifted");
        if (lift(jar, lifted) > 0) {
            Files.move(lifted, jar, StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.delete(lifted);
        }
    }

    /// @return how many classes were lifted
    private static int lift(Path from, Path to) throws IOException {
        int count = 0;
        try (var loader = new URLClassLoader(new URL[] {from.toUri().toURL()});
                var source = new JarFile(from.toFile());
                OutputStream target = Files.newOutputStream(to);
                var zip = new ZipOutputStream(target)) {
            var classFile = ClassFile.of(
                    StackMapsOption.GENERATE_STACK_MAPS,
                    ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(loader)
                            .orElse(ClassHierarchyResolver.defaultResolver())));
            for (var entry : Collections.list(source.entries())) {
                byte[] octets = source.getInputStream(entry).readAllBytes();
                if (isOld(entry.getName(), octets)) {
                    octets = lifted(classFile, octets);
                    count++;
                }
                var copy = new ZipEntry(entry.getName());
                copy.setTimeLocal(entry.getTimeLocal());
                zip.putNextEntry(copy);
                zip.write(octets);
                zip.closeEntry();
            }
        }
        return count;
    }

    private static boolean isOld(String name, byte[] octets) {
        return name.endsWith(".class") && ((octets[6] & 0xff) << 8 | octets[7] & 0xff) < JAVA_6;
    }

    private static byte[] lifted(ClassFile classFile, byte[] octets) {
        ClassTransform version = (builder, element) -> {
            if (element instanceof ClassFileVersion) {
                builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
            } else {
                builder.with(element);
            }
        };
        // Code that passes unchanged is copied as octets, without stack maps; this takes it apart.
        var code = ClassTransform.transformingMethodBodies((builder, element) -> builder.with(element));
        return classFile.transformClass(classFile.parse(octets), version.andThen(code));
    }
}
