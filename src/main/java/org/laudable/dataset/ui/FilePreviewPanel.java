package org.laudable.dataset.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.data.renderer.TextRenderer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.laudable.dataset.DataImport;
import org.laudable.dataset.FilePreview;
import org.laudable.dataset.ImportChoices;
import org.laudable.dataset.ImportService;
import org.laudable.dataset.file.ColumnUse;
import org.laudable.dataset.file.FileColumn;
import org.laudable.dataset.file.FileFormat;
import org.laudable.dataset.file.FileRow;
import org.laudable.dataset.file.Shape;

/** An uploaded file before it goes in: its first rows, what each column is for, how it is read. */
public final class FilePreviewPanel extends Div {
    private static final List<String> ENCODINGS = List.of("UTF-8", "windows-1252", "ISO-8859-1", "ISO-8859-15", "windows-1250",
            "windows-1251", "KOI8-R", "UTF-16LE", "UTF-16BE", "Shift_JIS", "GB18030", "Big5", "EUC-KR");
    private static final int SHOWN_CHARACTERS = 300;

    private final ImportService imports;
    private final DataImport draft;
    private final Div table = new Div();
    private final Span summary = new Span();
    private final Checkbox refuseAll = new Checkbox();
    private final RadioButtonGroup<Boolean> useLabels = new RadioButtonGroup<>();
    private FilePreview preview;
    private List<FileColumn> columns;

    public FilePreviewPanel(ImportService imports, DataImport draft) {
        this.imports = imports;
        this.draft = draft;
        addClassName("file-preview");
        table.addClassName("file-table");
        refuseAll.setLabel(getTranslation("dataset.preview.refuseAll"));
        refuseAll.setHelperText(getTranslation("dataset.preview.refuseAll.help"));
        refuseAll.setValue(draft.refuseAll());
        useLabels.setLabel(getTranslation("dataset.preview.labels"));
        useLabels.setItems(false, true);
        useLabels.setItemLabelGenerator(use -> getTranslation(use ? "dataset.preview.labels.use" : "dataset.preview.labels.keep"));
        useLabels.addThemeName("vertical");
        useLabels.setValue(draft.useLabels());
        summary.addClassName("secondary");
        preview = imports.preview(draft.projectId(), draft.id(), draft.format());
        columns = draft.columns().size() == preview.columns().size() ? draft.columns() : preview.columns();
        add(summary, table, reading(), useLabels, refuseAll);
        show();
    }

    /** Saves the choices; refuses what contradicts itself. */
    public void save() {
        imports.configure(draft.projectId(), draft.id(),
                new ImportChoices(preview.format(), columns, refuseAll.getValue(), useLabels.getValue()));
    }

    public boolean has(ColumnUse use) {
        return columns.stream().anyMatch(column -> column.use() == use);
    }

    private void show() {
        FileFormat format = preview.format();
        summary.setText(getTranslation("dataset.preview.summary", draft.fileName(), Sizes.of(draft.bytes(), getLocale()), kind(format),
                format.charset(), getTranslation(preview.exact() ? "dataset.preview.items" : "dataset.preview.itemsAbout", preview.items()),
                columns.size()));
        Grid<FileRow> grid = new Grid<>();
        grid.addThemeVariants(GridVariant.AURA_COLUMN_BORDERS);
        grid.setSelectionMode(Grid.SelectionMode.NONE);
        grid.setItems(preview.rows());
        grid.setHeight("340px");
        for (int index = 0; index < columns.size(); index++) {
            int at = index;
            grid.addColumn(new TextRenderer<>(row -> cell(row, at))).setHeader(header(at)).setResizable(true)
                    .setWidth(columns.get(at).use() == ColumnUse.TEXT ? "320px" : "170px")
                    .setFlexGrow(columns.get(at).use() == ColumnUse.TEXT ? 4 : 1);
        }
        table.removeAll();
        table.add(grid);
        useLabels.setVisible(has(ColumnUse.LABEL));
    }

    private String kind(FileFormat format) {
        return getTranslation(format.shape() != Shape.PLAIN ? "dataset.shape." + format.shape() : "dataset.kind." + switch (format.kind()) {
            case JSONL -> "json";
            case JSON -> "list";
            case PARQUET -> "parquet";
            case CSV -> delimiterKey(format.delimiter());
        });
    }

    private String cell(FileRow row, int column) {
        if (row.problem() != null) {
            return column == 0 ? "⚠ " + row.problem() : "";
        }
        String value = column < row.fields().size() ? row.fields().get(column) : "";
        return value.length() > SHOWN_CHARACTERS ? value.substring(0, SHOWN_CHARACTERS) + "…" : value;
    }

    private Component header(int index) {
        FileColumn column = columns.get(index);
        Span name = new Span(column.name());
        name.addClassName("column-name");
        Select<ColumnUse> use = new Select<>();
        use.setItems(ColumnUse.values());
        use.setItemLabelGenerator(one -> getTranslation("dataset.use." + one));
        use.setValue(column.use());
        use.setAriaLabel(getTranslation("dataset.use.of", column.name()));
        use.addClassNames("column-use", "use-" + column.use().name().toLowerCase(Locale.ROOT));
        use.addValueChangeListener(change -> {
            columns = assigned(index, change.getValue());
            show();
        });
        Div head = new Div(name, use);
        head.addClassName("column-head");
        return head;
    }

    /** Text, id, label and suggestion are one column each: choosing another sets the earlier one back to metadata. */
    private List<FileColumn> assigned(int index, ColumnUse use) {
        List<FileColumn> changed = new ArrayList<>(columns);
        if (use.single()) {
            changed.replaceAll(column -> column.use() == use ? column.usedAs(ColumnUse.METADATA) : column);
        }
        changed.set(index, columns.get(index).usedAs(use));
        return List.copyOf(changed);
    }

    private Component reading() {
        FileFormat format = draft.format();
        ComboBox<String> charset = new ComboBox<>(getTranslation("dataset.read.encoding"));
        charset.setItems(Stream.concat(Stream.of(format.charset()), ENCODINGS.stream()).distinct().toList());
        charset.setValue(format.charset());
        Select<Character> delimiter = new Select<>();
        delimiter.setLabel(getTranslation("dataset.read.delimiter"));
        delimiter.setItems(',', ';', '\t', '|');
        delimiter.setItemLabelGenerator(one -> getTranslation("dataset.delimiter." + delimiterKey(one)));
        delimiter.setValue(format.delimiter());
        Select<Shape> shape = new Select<>();
        shape.setLabel(getTranslation("dataset.read.shape"));
        shape.setItems(Shape.values());
        shape.setItemLabelGenerator(one -> getTranslation("dataset.shape." + one));
        shape.setValue(format.shape());
        shape.setVisible(format.kind() != FileFormat.Kind.CSV);
        charset.setVisible(format.kind() != FileFormat.Kind.PARQUET);
        Checkbox header = new Checkbox(getTranslation("dataset.read.header"), format.header());
        Checkbox quoted = new Checkbox(getTranslation("dataset.read.quoted"), format.quoted());
        List.<Component>of(delimiter, header, quoted).forEach(field -> field.setVisible(format.kind() == FileFormat.Kind.CSV));
        Runnable again = () -> {
            if (charset.getValue() != null && delimiter.getValue() != null && shape.getValue() != null) {
                FilePreview read = imports.preview(draft.projectId(), draft.id(), new FileFormat(format.kind(), charset.getValue(),
                        delimiter.getValue(), quoted.getValue(), header.getValue(), shape.getValue()));
                preview = read;
                columns = read.columns();
                show();
            }
        };
        charset.addValueChangeListener(change -> again.run());
        delimiter.addValueChangeListener(change -> again.run());
        shape.addValueChangeListener(change -> again.run());
        header.addValueChangeListener(change -> again.run());
        quoted.addValueChangeListener(change -> again.run());
        Div fields = new Div(shape, charset, delimiter, header, quoted);
        fields.addClassName("field-row");
        return new Details(getTranslation("dataset.read.title"), fields);
    }

    private static String delimiterKey(char delimiter) {
        return switch (delimiter) {
            case ';' -> "semicolon";
            case '\t' -> "tab";
            case '|' -> "bar";
            default -> "comma";
        };
    }
}
