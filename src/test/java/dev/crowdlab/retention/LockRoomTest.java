package dev.crowdlab.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.retention.LockRoom.Room;
import org.junit.jupiter.api.Test;

/** The server's defaults, 64 locks for each of 100 connections, have room for 128 partitions at a quarter of them. */
class LockRoomTest {

    private static Room withPartitions(long partitions) {
        return new Room(64, 100, 0, partitions);
    }

    @Test
    void hasRoomUpToAQuarterOfTheConnections() {
        assertThat(withPartitions(128).shortage(1, 1)).isEmpty();
    }

    @Test
    void warnsAboutOnePartitionMore() {
        assertThat(withPartitions(129).shortage(1, 1)).hasValueSatisfying(sentence -> assertThat(sentence)
                .contains("room for about 6,400 locks (max_locks_per_transaction 64 for 100 connections)")
                .contains("takes about 258")
                .contains("more than 24 at a time")
                .contains("Set max_locks_per_transaction to 128"));
    }

    @Test
    void followsTheAdvice() {
        assertThat(new Room(128, 100, 0, 129).shortage(1, 1)).isEmpty();
    }

    @Test
    void countsThePartitionsThatTheSettingsWillMake() {
        assertThat(withPartitions(0).shortage(8, 15)).isEmpty(); // 8 * (15 + 1) = 128
        assertThat(withPartitions(0).shortage(8, 16)).isPresent();
    }

    @Test
    void countsTheSlotsOfPreparedTransactions() {
        assertThat(new Room(64, 100, 1, 129).shortage(1, 1)).isEmpty();
    }
}
