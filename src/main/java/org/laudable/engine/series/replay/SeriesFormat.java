package org.laudable.engine.series.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Formats of labelled series that replay reads. */
public enum SeriesFormat {
    /** Folders train, test and test_label of comma-separated rows, one a minute, possibly .gz. */
    SMD {
        @Override
        List<LabelledSeries> read(Path folder) throws IOException {
            return SmdReader.read(folder);
        }
    },
    /** data/*.csv with timestamp,value and combined_windows.json beside. */
    NAB {
        @Override
        List<LabelledSeries> read(Path folder) throws IOException {
            return NabReader.read(folder);
        }
    },
    /** CSV files with TimeStamp,Value,Label. */
    MS_CLOUD {
        @Override
        List<LabelledSeries> read(Path folder) throws IOException {
            return CsvSeriesReader.read(folder, "label");
        }
    },
    /** CSV files with timestamp,value,is_anomaly (Yahoo S5; its data is not part of the project). */
    YAHOO {
        @Override
        List<LabelledSeries> read(Path folder) throws IOException {
            return CsvSeriesReader.read(folder, "is_anomaly");
        }
    },
    /** CSV files with a time column, one column per channel and a column label, is_anomaly or anomaly. */
    CSV {
        @Override
        List<LabelledSeries> read(Path folder) throws IOException {
            return CsvSeriesReader.read(folder, "label", "is_anomaly", "anomaly");
        }
    };

    abstract List<LabelledSeries> read(Path folder) throws IOException;

    /** The name on the command line, such as {@code ms-cloud}. */
    public String option() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** The format with that name. */
    public static SeriesFormat named(String option) {
        for (SeriesFormat format : values()) {
            if (format.option().equals(option)) {
                return format;
            }
        }
        throw new UnreadableSeries("There is no format '%s'; there are smd, nab, ms-cloud, yahoo and csv.".formatted(option));
    }

    /** All series of a folder (or one file), sorted by name; what cannot be read is an {@link UnreadableSeries}. */
    public List<LabelledSeries> readAll(Path folder) {
        try {
            List<LabelledSeries> all = read(folder);
            if (all.isEmpty()) {
                throw new UnreadableSeries("There is no %s series in %s.".formatted(option(), folder));
            }
            return all;
        } catch (IOException e) {
            throw new UnreadableSeries("%s cannot be read: %s".formatted(folder, e.getMessage()), e);
        }
    }
}
