package io.waymark.source.kubernetes.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/// Reads an unencrypted private key out of PEM text: PKCS #8 (RFC 5958), which the JDK knows, and
/// the two older forms that kubeadm and others write, PKCS #1 (RFC 8017 §A.1.2) and SEC 1
/// (RFC 5915), put into a PKCS #8 envelope.
public final class PrivateKeyPem {
    private static final Pattern BLOCK = Pattern.compile(
            "-----BEGIN (RSA PRIVATE KEY|EC PRIVATE KEY|PRIVATE KEY)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    private static final byte SEQUENCE = 0x30;
    private static final byte OCTET_STRING = 0x04;
    private static final int PARAMETERS = 0xa0;
    /// `version` 0 of a PKCS #8 key.
    private static final byte[] VERSION = HexFormat.of().parseHex("020100");
    /// The algorithm rsaEncryption, with parameters NULL.
    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
    /// The object identifier id-ecPublicKey.
    private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

    private PrivateKeyPem() {}

    /// Throws if there is no such key in the text.
    public static PrivateKey read(byte[] pem) throws GeneralSecurityException {
        var block = BLOCK.matcher(new String(pem, StandardCharsets.ISO_8859_1));
        if (!block.find()) {
            throw new InvalidKeySpecException(
                    "no unencrypted PRIVATE KEY, RSA PRIVATE KEY or EC PRIVATE KEY block in it");
        }
        byte[] der = Base64.getMimeDecoder().decode(block.group(2));
        return switch (block.group(1)) {
            case "RSA PRIVATE KEY" -> key("RSA", pkcs8(RSA, der));
            case "EC PRIVATE KEY" -> key("EC", pkcs8(element(SEQUENCE, EC, curve(der)), der));
            default -> pkcs8Key(der);
        };
    }

    private static PrivateKey pkcs8Key(byte[] der) throws GeneralSecurityException {
        var refused = new InvalidKeySpecException("a PRIVATE KEY block that is no RSA, EC or EdDSA key");
        for (var algorithm : List.of("RSA", "EC", "EdDSA")) {
            try {
                return key(algorithm, der);
            } catch (InvalidKeySpecException other) {
                // It is a key of another algorithm; which one, only trying tells.
                refused.addSuppressed(other);
            }
        }
        throw refused;
    }

    private static PrivateKey key(String algorithm, byte[] pkcs8) throws GeneralSecurityException {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }

    private static byte[] pkcs8(byte[] algorithm, byte[] key) {
        return element(SEQUENCE, VERSION, algorithm, element(OCTET_STRING, key));
    }

    /// The curve's object identifier in a SEC 1 key: SEQUENCE { version, key, [0] curve, … }.
    private static byte[] curve(byte[] der) throws InvalidKeySpecException {
        int at = contentAt(der, 0);
        while (at < der.length) {
            int content = contentAt(der, at);
            int next = content + lengthAt(der, at);
            if ((der[at] & 0xff) == PARAMETERS && next <= der.length) {
                return Arrays.copyOfRange(der, content, next);
            }
            at = next;
        }
        throw new InvalidKeySpecException("an EC PRIVATE KEY block without a named curve");
    }

    /// Where the content of the element at `at` begins (X.690 §8.1.3).
    private static int contentAt(byte[] der, int at) throws InvalidKeySpecException {
        if (at + 2 > der.length) {
            throw new InvalidKeySpecException("an EC PRIVATE KEY block that is cut short");
        }
        int first = der[at + 1] & 0xff;
        return first < 0x80 ? at + 2 : at + 2 + (first & 0x7f);
    }

    private static int lengthAt(byte[] der, int at) throws InvalidKeySpecException {
        int first = der[at + 1] & 0xff;
        if (first < 0x80) {
            return first;
        }
        int octets = first & 0x7f;
        if (octets < 1 || octets > 2 || at + 2 + octets > der.length) {
            throw new InvalidKeySpecException("an EC PRIVATE KEY block that is cut short");
        }
        int length = 0;
        for (int i = 0; i < octets; i++) {
            length = length << 8 | der[at + 2 + i] & 0xff;
        }
        return length;
    }

    private static byte[] element(byte tag, byte[]... contents) {
        var body = new ByteArrayOutputStream();
        for (var content : contents) {
            body.writeBytes(content);
        }
        var element = new ByteArrayOutputStream();
        element.write(tag);
        if (body.size() >= 0x80) {
            element.write(0x82);
            element.write(body.size() >>> 8);
        }
        element.write(body.size());
        element.writeBytes(body.toByteArray());
        return element.toByteArray();
    }
}
