package org.landgrant.icons;

import com.github.weisj.jsvg.renderer.output.Output;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Counts every drawing step and the time it took. A small file can ask for billions of shapes by
 * nesting {@code <use>}; the count is what ends it.
 */
final class BoundedOutput implements InvocationHandler {
    private static final int MAX_STEPS = 200_000;
    private static final long MAX_NANOS = Duration.ofSeconds(2).toNanos();

    /** What a picture and all its nested parts may still spend. */
    private static final class Budget {
        private final long until = System.nanoTime() + MAX_NANOS;
        private int steps = MAX_STEPS;

        void spend() {
            if (--steps < 0 || System.nanoTime() - until > 0) {
                throw new IllegalStateException("the picture takes too long to draw");
            }
        }
    }

    private final Output output;
    private final Budget budget;

    private BoundedOutput(Output output, Budget budget) {
        this.output = output;
        this.budget = budget;
    }

    static Output around(Output output) {
        return around(output, new Budget());
    }

    private static Output around(Output output, Budget budget) {
        return (Output) Proxy.newProxyInstance(
                Output.class.getClassLoader(), new Class<?>[] {Output.class}, new BoundedOutput(output, budget));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        budget.spend();
        try {
            Object result = method.invoke(output, arguments);
            return result instanceof Output child ? around(child, budget) : result;
        } catch (InvocationTargetException thrown) {
            throw thrown.getTargetException();
        }
    }
}
