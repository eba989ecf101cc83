package dev.crowdlab.spark;

import dev.crowdlab.results.copy.ResultTableDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The types of the columns of result tables. A name has the same type in every table. */
final class ResultTypes {

    private static final Map<String, DataType> BY_NAME = new HashMap<>();

    static {
        add(DataTypes.StringType, """
                annotator_a annotator_b annotator_id code consensus_label consensus_method detail example_id expert given_label
                label list message model model_label note previous_label quality_reason reason severity source statistic
                tie_break wording worst_class""");
        add(DataTypes.DoubleType, """
                actual agreement_drop agreement_with_annotators agreement_with_consensus agreement_with_model
                agreement_with_published annotator_agreement annotator_quality annotator_weight bin_lower bin_upper cohen_kappa
                consensus_quality_score coverage estimated_accuracy gold_accuracy gold_lower gold_upper lambda loo_score lower
                mean_predicted mean_quality_score model_probability model_weight observed previous_score quality_lower
                quality_score quality_upper score temperature threshold upper value weight""");
        add(DataTypes.LongType, "num_examples num_gold num_items num_rows rank row_number run_id");
        add(DataTypes.IntegerType, "bin class_index num_agreed num_annotations num_common num_examples_labeled rounds");
        add(DataTypes.BooleanType, "agreement_imputed is_drifting");
        add(DataTypes.DateType, "period_start");
        add(DataTypes.createArrayType(DataTypes.DoubleType, false), "posterior");
        add(DataTypes.TimestampType, "annotated_at first_annotated_at last_annotated_at");
    }

    /** Columns of type jsonb, which become texts. */
    private static final Set<String> JSON = Set.of("wording");

    private ResultTypes() {}

    /** Whether the column has type jsonb, whose binary form begins with the version of its format. */
    static boolean isJson(String column) {
        return JSON.contains(column);
    }

    private static void add(DataType type, String names) {
        for (String name : names.split("\\s+")) {
            BY_NAME.put(name, type);
        }
    }

    /** The columns that are written of a table. */
    static StructType of(ResultTableDefinition table) {
        List<StructField> fields = table.columns().stream()
                .map(name -> {
                    DataType type = BY_NAME.get(name);
                    if (type == null) {
                        throw new IllegalStateException("column " + name + " of " + table.name() + " has no type here");
                    }
                    return DataTypes.createStructField(name, type, true);
                })
                .toList();
        return DataTypes.createStructType(fields);
    }
}
