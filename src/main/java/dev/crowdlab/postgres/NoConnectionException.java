package dev.crowdlab.postgres;

import dev.crowdlab.text.UserProblem;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.util.GT;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/**
 * No session could be opened. The message is one sentence that names the setting to look at and contains no secrets.
 */
public final class NoConnectionException extends SQLException implements UserProblem {

    private static final String NEVER_ENCRYPTED =
            "the server offers no encrypted connections, which sslmode in the URL demands; set ssl = on and a certificate in"
                    + " the server's postgresql.conf, or remove sslmode if the network is to be trusted";

    /** What the driver says, in the language of the JVM. */
    private static final List<String> NO_PASSWORD = List.of(
            "The server requested SCRAM-based authentication, but no password was provided.",
            "The server requested password-based authentication, but no password was provided");

    private final boolean isLasting;

    /**
     * @param setting the prefix of the database's settings, such as {@code spring.datasource}
     * @param url without secrets
     * @param cause the driver's exception
     * @param hadSession whether a session was opened before, so that the settings are right
     */
    NoConnectionException(String setting, String url, SQLException cause, boolean hadSession) {
        this(setting, url, cause, hadSession, EncryptionOffer.isNeverMade(cause, url));
    }

    private NoConnectionException(
            String setting, String url, SQLException cause, boolean hadSession, boolean isNeverEncrypted) {
        super(
                isNeverEncrypted ? reason(setting, NEVER_ENCRYPTED) : sentence(setting, url, cause, hadSession),
                cause.getSQLState(),
                cause);
        isLasting = isNeverEncrypted
                || encryption(url, cause).isPresent()
                || Causes.first(cause, ReflectiveOperationException.class).isPresent()
                || Causes.first(cause, FileNotFoundException.class).isPresent()
                || Causes.first(cause, GeneralSecurityException.class).isPresent()
                || isRejectedByDriver(cause);
    }

    @Override
    public Kind kind() {
        return Kind.UNREACHABLE;
    }

    /** Whether the failure is permanent although it looks like a lost connection. */
    boolean isLasting() {
        return isLasting;
    }

    private static String sentence(String setting, String url, SQLException cause, boolean hadSession) {
        return encryption(url, cause)
                .or(() -> clearPassword(cause))
                .or(() -> missingPassword(setting, cause))
                .or(() -> unknownHost(cause))
                .map(reason -> reason(setting, reason))
                .orElseGet(() -> (hadSession && isUnanswered(cause)
                                ? "The database of " + setting
                                        + ".url answered before and no longer does; check that the"
                                        + " server runs, and the network to it. "
                                : "The database cannot be reached; check " + setting
                                        + ".url, username and password, and that the server runs. ")
                        + SqlErrors.sentence(cause).orElseThrow()
                        + interruption(cause));
    }

    /** Whether nobody answered, as opposed to a server, or a driver, that refuses. */
    private static boolean isUnanswered(SQLException cause) {
        String state = String.valueOf(cause.getSQLState());
        return state.startsWith("08")
                && !PSQLState.CONNECTION_REJECTED.getState().equals(state);
    }

    private static String reason(String setting, String reason) {
        return "The database of " + setting + ".url cannot be reached: " + reason;
    }

    /** Says how the connection broke while it was opened, which the driver's message leaves out. */
    private static String interruption(SQLException cause) {
        return cause.getCause() instanceof IOException broken && !(broken instanceof ConnectException)
                ? " (" + howItBroke(broken) + ")"
                : "";
    }

    private static String howItBroke(IOException broken) {
        if (broken instanceof EOFException) {
            return "the server closed it";
        }
        return broken.getMessage() == null && broken instanceof SocketTimeoutException
                ? "no answer in time"
                : String.valueOf(broken.getMessage());
    }

    /** Explains the failure if {@code requireAuth} forbids the authentication method that the server asks for. */
    private static Optional<String> clearPassword(SQLException cause) {
        return String.valueOf(cause.getMessage()).contains("not allowed by requireAuth")
                ? Optional.of(
                        "the server asks for the password in clear text, or in another way that requireAuth does not allow, and"
                                + " did not get it; add sslmode=verify-full to the URL, or requireAuth=password if the network"
                                + " is to be trusted")
                : Optional.empty();
    }

    /** Says where a password belongs if the server asks for one and there is none. */
    private static Optional<String> missingPassword(String setting, SQLException cause) {
        String message = String.valueOf(cause.getMessage());
        return NO_PASSWORD.stream().anyMatch(known -> message.equals(GT.tr(known)) || message.startsWith(known))
                ? Optional.of("the server asks for a password, and there is none; set " + setting
                        + ".password, for example as "
                        + setting.replace('.', '_').toUpperCase(Locale.ROOT)
                        + "_PASSWORD in the environment, or put it into a pgpass file")
                : Optional.empty();
    }

    private static Optional<String> unknownHost(SQLException cause) {
        return cause.getCause() instanceof UnknownHostException unknown
                ? Optional.of("host " + unknown.getMessage() + " is unknown")
                : Optional.empty();
    }

    /** Explains the failure if TLS is the problem. */
    private static Optional<String> encryption(String url, SQLException cause) {
        Properties properties = Optional.ofNullable(Driver.parseURL(url, null)).orElseGet(Properties::new);
        String authorities = properties.getProperty("sslrootcert", "~/.postgresql/root.crt");
        if (Causes.first(cause, CertificateExpiredException.class).isPresent()) {
            return Optional.of("the server's certificate, or one in its chain, has expired; renew it");
        }
        if (Causes.first(cause, CertPathBuilderException.class).isPresent()) {
            return Optional.of("the server's certificate is signed by none of the authorities in sslrootcert ("
                    + authorities + "); give the certificate of the authority that signed it");
        }
        if (String.valueOf(cause.getMessage()).contains("PgjdbcHostnameVerifier")) {
            return Optional.of("the server's certificate is not issued for the host of the URL ("
                    + properties.getProperty("PGHOST") + "); name the server as its certificate does");
        }
        if ("28000".equals(cause.getSQLState()) && "disable".equals(properties.getProperty("sslmode"))) {
            return Optional.of("it may accept encrypted connections only, but the URL says sslmode=disable. "
                    + SqlErrors.sentence(cause).orElseThrow());
        }
        return Optional.empty();
    }

    /**
     * Whether the driver itself rejects a server that answers: no password, or an unsupported authentication method. A
     * server that declines TLS is excluded, because it also declines when it has no process left for the session, and
     * the driver reports both the same way.
     */
    private static boolean isRejectedByDriver(SQLException cause) {
        return cause instanceof PSQLException driver
                && driver.getServerErrorMessage() == null
                && PSQLState.CONNECTION_REJECTED.getState().equals(driver.getSQLState())
                && !GT.tr("The server does not support SSL.").equals(driver.getMessage());
    }
}
