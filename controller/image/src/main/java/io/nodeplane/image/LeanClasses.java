package io.nodeplane.image;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.ConstantPoolSharingOption;
import java.lang.classfile.ClassFile.DebugElementsOption;
import java.lang.classfile.ClassFileElement;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.FieldTransform;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.attribute.RuntimeInvisibleAnnotationsAttribute;
import java.lang.classfile.attribute.RuntimeInvisibleParameterAnnotationsAttribute;
import java.lang.classfile.attribute.RuntimeInvisibleTypeAnnotationsAttribute;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes from class files what a node never reads: names of local variables, annotations that no program can see, and constants that
 * nothing refers to any more. Line numbers stay, so that stack traces say what they said. What is left fills fewer pages of the AOT cache.
 */
final class LeanClasses implements AutoCloseable {
    /** Major version of Java 6. The JVM puts no older class into an AOT cache: its verifier would have to load others. */
    private static final int FIRST_IN_CACHE = 50;

    /** What an older class becomes: Java 8, as most libraries. */
    private static final int RAISED = 52;

    private static final ClassTransform LEAN = ClassTransform.dropping(LeanClasses::isInvisible)
            .andThen(ClassTransform.transformingFields(FieldTransform.dropping(LeanClasses::isInvisible)))
            .andThen(ClassTransform.transformingMethods(MethodTransform.dropping(LeanClasses::isInvisible)
                    .andThen(MethodTransform.transformingCode(CodeTransform.ACCEPT_ALL))));

    private final URLClassLoader classPath;
    private final ClassFile classFile;

    /** For classes of these jars, which a class's own stack maps may refer to. */
    LeanClasses(List<Path> jars) throws IOException {
        var urls = new ArrayList<URL>();
        for (var jar : jars) {
            urls.add(jar.toUri().toURL());
        }
        classPath = new URLClassLoader(urls.toArray(URL[]::new), null);
        var hierarchy = ClassHierarchyResolver.defaultResolver()
                .orElse(ClassHierarchyResolver.ofResourceParsing(classPath))
                .cached();
        classFile = ClassFile.of(
                DebugElementsOption.DROP_DEBUG,
                ConstantPoolSharingOption.NEW_POOL,
                ClassHierarchyResolverOption.of(hierarchy));
    }

    /** The same class in fewer bytes. */
    byte[] lean(byte[] content) {
        var model = classFile.parse(content);
        return classFile.transformClass(model, model.majorVersion() < FIRST_IN_CACHE ? LEAN.andThen(raised()) : LEAN);
    }

    @Override
    public void close() throws IOException {
        classPath.close();
    }

    private static ClassTransform raised() {
        return ClassTransform.endHandler(builder -> builder.withVersion(RAISED, 0));
    }

    private static boolean isInvisible(ClassFileElement element) {
        return element instanceof RuntimeInvisibleAnnotationsAttribute
                || element instanceof RuntimeInvisibleParameterAnnotationsAttribute
                || element instanceof RuntimeInvisibleTypeAnnotationsAttribute;
    }
}
