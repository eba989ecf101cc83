package dev.crowdlab.spark;

import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.apache.spark.util.TaskCompletionListener;

/** A plugin of Spark by which every task fails once, after its work. */
public final class FailingTasks implements SparkPlugin {

    @Override
    public DriverPlugin driverPlugin() {
        return new DriverPlugin() {};
    }

    @Override
    public ExecutorPlugin executorPlugin() {
        return new ExecutorPlugin() {
            @Override
            public void init(PluginContext context, Map<String, String> settings) {}

            @Override
            public void onTaskStart() {
                if (TaskContext.get().attemptNumber() == 0) {
                    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) task -> {
                        if (!task.isFailed()) {
                            throw new IllegalStateException("fails once, on purpose");
                        }
                    });
                }
            }
        };
    }
}
