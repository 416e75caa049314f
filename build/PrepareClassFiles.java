import static java.lang.constant.ConstantDescs.CD_Boolean;
import static java.lang.constant.ConstantDescs.CD_Byte;
import static java.lang.constant.ConstantDescs.CD_Character;
import static java.lang.constant.ConstantDescs.CD_Double;
import static java.lang.constant.ConstantDescs.CD_Float;
import static java.lang.constant.ConstantDescs.CD_Integer;
import static java.lang.constant.ConstantDescs.CD_Long;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_Short;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Prepares the classes of jars, in place, for the AOT cache (JEP 483), which does not hold
/// - a class without stack maps: what is older than Java 6 is lifted to a class file of Java 8, the same
///   code with the stack maps that a newer verifier reads. (picocli: 171 classes);
/// - what a `switch` over types and what `equals` and `hashCode` of a record are linked to: at its first use each of
///   them makes classes of its own (SwitchBootstraps, ObjectMethods), a millisecond or two of a start, and C1 does not
///   see through what it makes. They are replaced by plain methods that say the same.
///
/// A jar in which there is nothing to do is left as it is. Same input, same octets.
///
/// Run by Maven: `java build/PrepareClassFiles.java LIB JAR...`; LIB is the folder of the jars that they need.
public final class PrepareClassFiles {
    private static final int JAVA_6 = 50;
    private static final ClassDesc CD_Objects = Objects.class.describeConstable().orElseThrow();

    private PrepareClassFiles() {}

    public static void main(String[] args) throws IOException {
        var jars = Stream.of(args).skip(1).map(Path::of).toList();
        try (var lib = Files.list(Path.of(args[0]));
                var loader = new URLClassLoader(
                        Stream.concat(jars.stream(), lib).map(PrepareClassFiles::url).toArray(URL[]::new))) {
            var hierarchy = ClassHierarchyResolverOption.of(
                    ClassHierarchyResolver.ofResourceParsing(loader).orElse(ClassHierarchyResolver.defaultResolver()));
            for (var jar : jars) {
                var prepared = jar.resolveSibling(jar.getFileName() + ".prepared");
                if (prepare(jar, prepared, hierarchy) > 0) {
                    Files.move(prepared, jar, StandardCopyOption.REPLACE_EXISTING);
                } else {
                    Files.delete(prepared);
                }
            }
        }
    }

    private static URL url(Path file) {
        try {
            return file.toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// @return how many classes were changed
    private static int prepare(Path from, Path to, ClassHierarchyResolverOption hierarchy) throws IOException {
        int count = 0;
        try (var source = new JarFile(from.toFile());
                OutputStream target = Files.newOutputStream(to);
                var zip = new ZipOutputStream(target)) {
            var lifting = ClassFile.of(StackMapsOption.GENERATE_STACK_MAPS, hierarchy);
            var replacing = ClassFile.of(hierarchy);
            for (var entry : Collections.list(source.entries())) {
                byte[] octets = source.getInputStream(entry).readAllBytes();
                if (entry.getName().endsWith(".class")) {
                    byte[] before = octets;
                    octets = isOld(octets) ? lifted(lifting, octets) : LinkedCalls.replaced(replacing, octets);
                    count += octets == before ? 0 : 1;
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

    private static boolean isOld(byte[] octets) {
        return ((octets[6] & 0xff) << 8 | octets[7] & 0xff) < JAVA_6;
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

    /// One class's calls that are linked at run time, each replaced by a method of the class that does the same.
    private static final class LinkedCalls {
        private record Replacement(String name, MethodTypeDesc type, Consumer<CodeBuilder> body) {}

        private final ClassModel model;
        private final List<Replacement> replacements = new ArrayList<>();

        private LinkedCalls(ClassModel model) {
            this.model = model;
        }

        /// @return the same array if the class has none
        static byte[] replaced(ClassFile classFile, byte[] octets) {
            var model = classFile.parse(octets);
            var calls = new LinkedCalls(model);
            var code = MethodTransform.transformingCode(calls::replace);
            byte[] changed = classFile.transformClass(
                    model, ClassTransform.transformingMethods(code).andThen(ClassTransform.endHandler(calls::methods)));
            return calls.replacements.isEmpty() ? octets : changed;
        }

        private void replace(CodeBuilder code, CodeElement element) {
            if (element instanceof InvokeDynamicInstruction call && body(call) instanceof Consumer<CodeBuilder> body) {
                var name = call.name().stringValue() + "$" + replacements.size();
                code.invokestatic(
                        model.thisClass().asSymbol(), name, call.typeSymbol(), model.flags().has(AccessFlag.INTERFACE));
                replacements.add(new Replacement(name, call.typeSymbol(), body));
            } else {
                code.with(element);
            }
        }

        private void methods(ClassBuilder builder) {
            int flags = ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC;
            for (var each : replacements) {
                builder.withMethodBody(each.name(), each.type(), flags, each.body());
            }
        }

        /// @return null for what the JDK goes on linking: lambdas and concatenations, which the cache does hold,
        ///     toString of records, and labels that are strings or constants
        private static Consumer<CodeBuilder> body(InvokeDynamicInstruction call) {
            var labels = call.bootstrapArgs();
            return switch (call.bootstrapMethod().owner().displayName() + "." + call.name().stringValue()) {
                case "SwitchBootstraps.typeSwitch" ->
                    labels.stream().allMatch(ClassDesc.class::isInstance) ? code -> typeSwitch(code, labels) : null;
                case "ObjectMethods.equals" -> code -> equals(code, (ClassDesc) labels.getFirst(), components(call));
                case "ObjectMethods.hashCode" -> code -> hashCode(code, components(call));
                default -> null;
            };
        }

        /// (selector, restart) to the first label from `restart` on that the selector is an instance of; -1 for
        /// null, the number of labels if there is none.
        private static void typeSwitch(CodeBuilder code, List<ConstantDesc> labels) {
            code.aload(0).ifThen(Opcode.IFNULL, none -> none.iconst_m1().ireturn());
            for (int i = 0; i < labels.size(); i++) {
                int label = i;
                var type = (ClassDesc) labels.get(i);
                code.block(block -> block.iload(1)
                        .loadConstant(label)
                        .if_icmpgt(block.breakLabel())
                        .aload(0)
                        .instanceOf(type)
                        .ifeq(block.breakLabel())
                        .loadConstant(label)
                        .ireturn());
            }
            code.loadConstant(labels.size()).ireturn();
        }

        /// The fields of a record, in order: the third argument and those behind it.
        private static List<DirectMethodHandleDesc> components(InvokeDynamicInstruction call) {
            return call.bootstrapArgs().stream()
                    .skip(2)
                    .map(DirectMethodHandleDesc.class::cast)
                    .toList();
        }

        private static void equals(CodeBuilder code, ClassDesc type, List<DirectMethodHandleDesc> components) {
            code.aload(0).aload(1).ifThen(Opcode.IF_ACMPEQ, same -> same.iconst_1().ireturn());
            code.aload(1).instanceOf(type).ifThen(Opcode.IFEQ, other -> other.iconst_0().ireturn());
            for (var component : components) {
                var field = component.invocationType().returnType();
                code.aload(0).getfield(type, component.methodName(), field);
                code.aload(1).checkcast(type).getfield(type, component.methodName(), field);
                if (field.isPrimitive()) {
                    code.invokestatic(boxOf(field), "compare", MethodTypeDesc.of(CD_int, field, field))
                            .ifThen(Opcode.IFNE, unlike -> unlike.iconst_0().ireturn());
                } else {
                    code.invokestatic(CD_Objects, "equals", MethodTypeDesc.of(CD_boolean, CD_Object, CD_Object))
                            .ifThen(Opcode.IFEQ, unlike -> unlike.iconst_0().ireturn());
                }
            }
            code.iconst_1().ireturn();
        }

        private static void hashCode(CodeBuilder code, List<DirectMethodHandleDesc> components) {
            code.iconst_0();
            for (var component : components) {
                var field = component.invocationType().returnType();
                code.bipush(31).imul().aload(0).getfield(component.owner(), component.methodName(), field);
                if (field.isPrimitive()) {
                    code.invokestatic(boxOf(field), "hashCode", MethodTypeDesc.of(CD_int, field));
                } else {
                    code.invokestatic(CD_Objects, "hashCode", MethodTypeDesc.of(CD_int, CD_Object));
                }
                code.iadd();
            }
            code.ireturn();
        }

        private static ClassDesc boxOf(ClassDesc primitive) {
            return switch (TypeKind.from(primitive)) {
                case BOOLEAN -> CD_Boolean;
                case BYTE -> CD_Byte;
                case CHAR -> CD_Character;
                case SHORT -> CD_Short;
                case INT -> CD_Integer;
                case LONG -> CD_Long;
                case FLOAT -> CD_Float;
                case DOUBLE -> CD_Double;
                case REFERENCE, VOID -> throw new IllegalArgumentException(primitive.displayName());
            };
        }
    }
}
