package org.plmfrontier.stack.kafka;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * TLS, SCRAM users and access rules of a broker.
 *
 * @param keystore PKCS#12 with the broker's key and certificate
 * @param storePassword of the keystore
 * @param users passwords by name; {@value #ADMIN} must be among them and may do everything
 */
public record BrokerSecurity(Path keystore, String storePassword, Map<String, String> users) {
    /** The one user whom no access rule binds. */
    public static final String ADMIN = "admin";

    private static final String MECHANISM = "SCRAM-SHA-512";
    private static final String LISTENER = "SASL_SSL";

    public BrokerSecurity {
        Objects.requireNonNull(keystore, "keystore");
        Objects.requireNonNull(storePassword, "storePassword");
        users = Map.copyOf(users);
        if (!users.containsKey(ADMIN)) {
            throw new IllegalArgumentException("users must have " + ADMIN + ", has " + users.keySet());
        }
    }

    /** Settings of a client that is this user, the certificate being trusted as it is. */
    public Map<String, Object> client(String user, Path certificate) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("security.protocol", LISTENER);
        settings.put("sasl.mechanism", MECHANISM);
        settings.put("sasl.jaas.config", login(user));
        settings.put("ssl.truststore.type", "PEM");
        settings.put("ssl.truststore.location", certificate.toString());
        return settings;
    }

    Map<String, String> properties(int port, int controllerPort) {
        Map<String, String> p = new LinkedHashMap<>();
        p.put("listeners", LISTENER + "://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        p.put("advertised.listeners", LISTENER + "://127.0.0.1:" + port);
        p.put("listener.security.protocol.map", LISTENER + ":" + LISTENER + ",CONTROLLER:PLAINTEXT");
        p.put("inter.broker.listener.name", LISTENER);
        p.put("sasl.enabled.mechanisms", MECHANISM);
        p.put("sasl.mechanism.inter.broker.protocol", MECHANISM);
        p.put("listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config", login(ADMIN));
        p.put("ssl.keystore.type", "PKCS12");
        p.put("ssl.keystore.location", keystore.toString());
        p.put("ssl.keystore.password", storePassword);
        p.put("ssl.key.password", storePassword);
        p.put("ssl.truststore.type", "PKCS12");
        p.put("ssl.truststore.location", keystore.toString());
        p.put("ssl.truststore.password", storePassword);
        p.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        p.put("early.start.listeners", "CONTROLLER");
        p.put("super.users", "User:" + ADMIN + ";User:ANONYMOUS");
        return p;
    }

    List<String> formatArguments() {
        List<String> arguments = new ArrayList<>();
        users.forEach((name, password) -> {
            arguments.add("--add-scram");
            arguments.add(MECHANISM + "=[name=" + name + ",password=" + password + "]");
        });
        return arguments;
    }

    private String login(String user) {
        String password = users.get(user);
        if (password == null) {
            throw new IllegalArgumentException("no user " + user + ", there are " + users.keySet());
        }
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + user + "\" password=\""
                + password + "\";";
    }
}
