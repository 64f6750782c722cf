package org.plmfrontier.trainer.wiring;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.lang.reflect.Proxy;
import org.plmfrontier.runtime.process.ServiceProcess;

/**
 * The process. Asked to leave by SIGTERM or SIGINT it ends by itself, in order, with exit status 0; left to the JVM it would
 * end with 143 although nothing went wrong, and a scheduler would count a failure. What it cannot start with it says in one
 * line.
 */
@QuarkusMain
public final class TrainerMain {
    TrainerMain() {}

    public static void main(String[] args) throws ReflectiveOperationException {
        leaveOn("TERM");
        leaveOn("INT");
        ServiceProcess.run("trainer-service", args);
    }

    /** Java has no public interface to signals; every JDK has this one, which compilers warn of when it is named. */
    private static void leaveOn(String name) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object leave = Proxy.newProxyInstance(
                handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                    Quarkus.asyncExit(0);
                    return null;
                });
        Object wanted = signal.getConstructor(String.class).newInstance(name);
        signal.getMethod("handle", signal, handler).invoke(null, wanted, leave);
    }
}
