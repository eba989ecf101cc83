package dev.crowdlab.engine.pass;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A class whose objects change while they are filled or used, so that one thread at a time may have them. Other threads
 * may read them when they are complete, if they are handed over safely. Without it, all fields of a class of the
 * engine, of package dataset and of the settings are final.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface NotThreadSafe {}
