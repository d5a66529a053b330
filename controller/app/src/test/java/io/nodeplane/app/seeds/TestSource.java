package io.nodeplane.app.seeds;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * One class of tests as the compiler's parser sees it.
 *
 * @param parent simple name of the class that it extends, empty without
 * @param annotations simple names
 * @param methods by name; of several with one name the last
 * @param text the file, each run of white space and of a comment's margin as one space
 */
record TestSource(
        String name,
        String parent,
        boolean isAbstract,
        List<String> annotations,
        Map<String, Method> methods,
        String text) {
    private static final Pattern MARGIN = Pattern.compile("\\s*\\n\\s*(\\*(?!/))?\\s*");

    TestSource {
        annotations = List.copyOf(annotations);
        methods = Map.copyOf(methods);
    }

    /** A method with the simple names of its annotations. */
    record Method(List<String> annotations, String body) {
        Method {
            annotations = List.copyOf(annotations);
        }
    }

    /** The classes of files, those inside other classes left out. */
    static List<TestSource> parse(List<Path> files) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var sources = new ArrayList<TestSource>();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var task = (JavacTask) task(compiler, manager, files);
            for (var unit : task.parse()) {
                for (var type : unit.getTypeDecls()) {
                    if (type instanceof ClassTree declared) {
                        sources.add(of(declared, unit));
                    }
                }
            }
        }
        return sources;
    }

    private static JavaCompiler.CompilationTask task(
            JavaCompiler compiler, javax.tools.StandardJavaFileManager manager, List<Path> files) {
        return compiler.getTask(null, manager, null, List.of(), null, manager.getJavaFileObjectsFromPaths(files));
    }

    private static TestSource of(ClassTree declared, CompilationUnitTree unit) throws IOException {
        var methods = new HashMap<String, Method>();
        for (var member : declared.getMembers()) {
            if (member instanceof MethodTree method) {
                methods.put(
                        method.getName().toString(),
                        new Method(annotations(method.getModifiers()), String.valueOf(method.getBody())));
            }
        }
        var parent = declared.getExtendsClause();
        return new TestSource(
                declared.getSimpleName().toString(),
                parent == null ? "" : parent.toString(),
                declared.getModifiers().getFlags().contains(Modifier.ABSTRACT),
                annotations(declared.getModifiers()),
                methods,
                MARGIN.matcher(unit.getSourceFile().getCharContent(true)).replaceAll(" "));
    }

    private static List<String> annotations(ModifiersTree modifiers) {
        return modifiers.getAnnotations().stream()
                .map(AnnotationTree::getAnnotationType)
                .map(type -> type.toString().replaceAll(".*\\.", ""))
                .toList();
    }
}
