package dev.crowdlab.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import dev.crowdlab.text.VisibleText;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.boot.logging.LogFile;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

/**
 * Puts the log, which Spring Boot has set up by {@code logging.*}, where it belongs: what is for the console on standard error, as
 * standard output is for results, and all of it as {@link VisibleText} text.
 */
final class LogOutput implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    private static final String STANDARD_ERROR = "System.err";

    /** Until the settings are read nothing is logged: a library's words about a broken file may quote a secret in it. */
    static void silence() {
        root().setLevel(Level.OFF);
    }

    private static Logger root() {
        return ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);
    }

    @Override
    public int getOrder() {
        return LoggingApplicationListener.DEFAULT_ORDER + 1;
    }

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        Iterator<Appender<ILoggingEvent>> appenders = root().iteratorForAppenders();
        while (appenders.hasNext()) {
            if (appenders.next() instanceof OutputStreamAppender<ILoggingEvent> appender) {
                adjust(appender);
            }
        }
    }

    private static void adjust(OutputStreamAppender<ILoggingEvent> appender) {
        if (!(appender.getEncoder() instanceof VisibleEncoder)) {
            appender.setEncoder(new VisibleEncoder(appender.getEncoder()));
        }
        if (appender instanceof ConsoleAppender<ILoggingEvent> console && !STANDARD_ERROR.equals(console.getTarget())) {
            console.stop();
            console.setTarget(STANDARD_ERROR);
            console.start();
        }
    }

    /** Before Spring Boot opens the file of the log: what it says of one that cannot be written is a page, and no error. */
    static final class FileCheck implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

        @Override
        public int getOrder() {
            return LoggingApplicationListener.DEFAULT_ORDER - 1;
        }

        @Override
        public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
            LogFile file = LogFile.get(event.getEnvironment());
            if (file != null && !isWritable(Path.of(file.toString()).toAbsolutePath())) {
                throw new UsageException("logging.file: " + file
                        + " cannot be written; name a file in a directory where" + " the user may write");
            }
        }

        private static boolean isWritable(Path file) {
            try {
                Files.createDirectories(file.getParent());
                return Files.isWritable(Files.exists(file) ? file : file.getParent()) && !Files.isDirectory(file);
            } catch (IOException e) {
                return false;
            }
        }
    }

    /** Shows what another encoder makes of an event. */
    private static final class VisibleEncoder extends EncoderBase<ILoggingEvent> {

        private final Encoder<ILoggingEvent> encoder;
        private final Charset charset;

        VisibleEncoder(Encoder<ILoggingEvent> encoder) {
            this.encoder = encoder;
            Charset own = encoder instanceof LayoutWrappingEncoder<ILoggingEvent> text ? text.getCharset() : null;
            charset = own == null ? StandardCharsets.UTF_8 : own;
        }

        @Override
        public byte[] headerBytes() {
            return encoder.headerBytes();
        }

        @Override
        public byte[] encode(ILoggingEvent event) {
            return VisibleText.lines(new String(encoder.encode(event), charset)).getBytes(charset);
        }

        @Override
        public byte[] footerBytes() {
            return encoder.footerBytes();
        }
    }
}
