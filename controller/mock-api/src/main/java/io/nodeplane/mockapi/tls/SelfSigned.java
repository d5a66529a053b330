package io.nodeplane.mockapi.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A key pair and the certificate that it signed for itself, new at each start and never on disk.
 *
 * @param certificate ECDSA P-256, organisation {@code plexd-e2e-mock}. SOURCE: facts 10.1, TLS
 * @param key its private key
 */
public record SelfSigned(X509Certificate certificate, PrivateKey key) {
    private static final X500Name NAME = new X500Name("O=plexd-e2e-mock");
    private static final Duration BEFORE = Duration.ofHours(1);
    private static final Duration AFTER = Duration.ofHours(24);
    private static final int SERIAL_BITS = 120;

    /** A new key pair and certificate, valid from an hour ago for 25 hours by the given clock. */
    public static SelfSigned create(Clock clock) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            var keys = generator.generateKeyPair();
            return new SelfSigned(certificate(keys, clock), keys.getPrivate());
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("cannot make the TLS certificate", e);
        }
    }

    private static X509Certificate certificate(KeyPair keys, Clock clock)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        var now = clock.instant();
        var builder = new JcaX509v3CertificateBuilder(
                        NAME,
                        new BigInteger(SERIAL_BITS, new SecureRandom()),
                        Date.from(now.minus(BEFORE)),
                        Date.from(now.plus(AFTER)),
                        NAME,
                        keys.getPublic())
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
                .addExtension(Extension.subjectAlternativeName, false, names());
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }

    private static GeneralNames names() {
        var dns = Stream.of("mock-api", "localhost", "mock-api.plexd-e2e", "mock-api.plexd-e2e.svc")
                .map(name -> new GeneralName(GeneralName.dNSName, name));
        var loopback = Stream.of(new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
        return new GeneralNames(Stream.concat(dns, loopback).toArray(GeneralName[]::new));
    }

    /** A server context that presents the certificate. */
    public SSLContext context() {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("mock-api", key, new char[0], new X509Certificate[] {certificate});
            var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, new char[0]);
            var context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("cannot set up TLS", e);
        }
    }

    /** Names the certificate, not the key. */
    @Override
    public String toString() {
        return certificate.getSubjectX500Principal().getName();
    }
}
