package dev.crowdlab.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.spark.ClusterModel.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Where the model says that more executors stop to help; its figures are those of cluster.md. */
class ClusterModelTest {

    private static final Shape BILLION = new Shape(333_333_333, 1_000_000_000, 100_000, 10, false);
    private static final List<Integer> EXECUTORS = List.of(1, 2, 5, 10, 20, 40);

    private static String line(Shape shape, int executors) {
        ClusterModel model = new ClusterModel(shape, executors);
        return String.format(
                Locale.ROOT,
                "| %d × 16 | %,.0f | %,.0f | %,.1f | %,.0f | %,.0f | %,.0f |",
                executors,
                model.read(),
                model.analyze(),
                model.merge(),
                model.store(),
                model.complete(),
                model.seconds());
    }

    @Test
    void thePageHasTheFiguresOfTheModel() throws Exception {
        String page = Files.readString(Path.of("../site/markdown/cluster.md"));
        assertThat(page)
                .contains(EXECUTORS.stream()
                        .map(executors -> line(BILLION, executors))
                        .toList());
        ClusterModel adjusted = new ClusterModel(new Shape(333_333_333, 1_000_000_000, 100_000, 1_000, true), 20);
        assertThat(page)
                .contains(String.format(
                        Locale.ROOT,
                        "%,.0f s of merging and %,.0f GB at the driver",
                        adjusted.merge(),
                        adjusted.driverBytes() / 1e9));
        for (double skew : new double[] {skew(equal()), skew(heavy()), skew(oneLarge())}) {
            assertThat(page).contains(String.format(Locale.ROOT, "%.2f times the mean", skew));
        }
    }

    @Test
    void theAnalysisScalesWithExecutorsUntilTheJobsThemselvesTakeLonger() {
        double one = new ClusterModel(BILLION, 1).analyze();
        double two = new ClusterModel(BILLION, 2).analyze();
        double twenty = new ClusterModel(BILLION, 20).analyze();
        assertThat(one / two).isBetween(1.4, 2.0);
        assertThat(one / twenty).isLessThan(4);
    }

    @Test
    void beyondAFewExecutorsOnePostgresqlIsWhatARunWaitsFor() {
        ClusterModel few = new ClusterModel(BILLION, 2);
        ClusterModel many = new ClusterModel(BILLION, 40);
        assertThat(many.store() + many.complete() + many.read()).isGreaterThan(0.9 * many.seconds());
        assertThat(few.seconds() / many.seconds()).isLessThan(1.05);
    }

    @Test
    void countsByAnnotatorAndClassAreWhatTheDriverCannotMergeForever() {
        Shape adjusted = new Shape(333_333_333, 1_000_000_000, 100_000, 1_000, true);
        ClusterModel twenty = new ClusterModel(adjusted, 20);
        assertThat(twenty.merge()).isGreaterThan(twenty.analyze());
        assertThat(new ClusterModel(adjusted, 40).merge()).isGreaterThan(twenty.merge());
        assertThat(new ClusterModel(BILLION, 20).merge()).isLessThan(5);
    }

    private static int[] equal() {
        int[] sizes = new int[1_000_000];
        Arrays.fill(sizes, 3);
        return sizes;
    }

    /** Sizes of a Pareto distribution, from 1 to 10,000. */
    private static int[] heavy() {
        SplittableRandom random = new SplittableRandom(1);
        return IntStream.range(0, 1_000_000)
                .map(example -> (int) Math.min(10_000, 1 / StrictMath.pow(1 - random.nextDouble(), 1 / 1.2)))
                .toArray();
    }

    /** One example has one in a hundred of all annotations. */
    private static int[] oneLarge() {
        int[] sizes = equal();
        sizes[0] = 30_000;
        return sizes;
    }

    private static double skew(int[] sizes) {
        return ClusterModel.skew(sizes, 320, 7);
    }

    @Test
    void aPassWaitsForTheLargestPart() {
        assertThat(skew(equal())).isLessThan(1.1);
        assertThat(skew(heavy())).isBetween(2.0, 3.0);
        assertThat(skew(oneLarge())).isBetween(4.0, 4.5);
    }
}
