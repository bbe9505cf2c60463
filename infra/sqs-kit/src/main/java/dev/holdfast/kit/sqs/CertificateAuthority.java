package dev.holdfast.kit.sqs;

import dev.holdfast.kit.start.DataFolder;
import dev.holdfast.kit.start.StartRefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Whom to believe that an https endpoint is the queue: the authorities in {@code holdfast.sqs.ca-file}, or those that the JDK knows. */
public final class CertificateAuthority {
    private CertificateAuthority() {}

    /** The file cannot be used; the message is one line that says why. */
    public static final class UnusableFileException extends StartRefusedException {
        private static final long serialVersionUID = 1L;

        UnusableFileException(Path file, String why) {
            super("holdfast.sqs.ca-file " + file + " " + why);
        }
    }

    /**
     * What the file's certificates vouch for, and nothing else; null for the JDK's authorities.
     *
     * @param file one or more certificates in PEM form
     * @throws UnusableFileException where the file cannot be read, or holds none
     */
    static TrustManager @Nullable [] trustManagers(Optional<Path> file) {
        return file.isEmpty() ? null : trustManagers(file.get());
    }

    /** The same for HTTP clients of the JDK. */
    public static SSLContext context(Optional<Path> file) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trustManagers(file), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a JDK without TLS", e);
        }
    }

    private static TrustManager[] trustManagers(Path file) {
        try (InputStream pem = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate authority : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry(Integer.toString(store.size()), authority);
            }
            if (store.size() == 0) {
                throw new UnusableFileException(file, "holds no certificate; it takes PEM (BEGIN CERTIFICATE)");
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        } catch (IOException e) {
            throw new UnusableFileException(file, "cannot be read: " + DataFolder.why(e));
        } catch (GeneralSecurityException e) {
            throw new UnusableFileException(file, "is not a certificate in PEM form: " + e.getMessage());
        }
    }
}
