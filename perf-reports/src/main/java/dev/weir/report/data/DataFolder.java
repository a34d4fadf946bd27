package dev.weir.report.data;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The {@code data} folder of a report. */
public final class DataFolder {
    private static final String FILE = "run.json";
    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .setFormattingStyle(com.google.gson.FormattingStyle.PRETTY.withIndent(" "))
            .create();

    private final Path folder;

    public DataFolder(Path folder) {
        this.folder = folder;
    }

    /** Finds it from what a user names: itself, its file, or the report's folder. */
    public static DataFolder at(Path named) {
        if (named.endsWith(FILE)) {
            return new DataFolder(named.toAbsolutePath().getParent());
        }
        return new DataFolder(Files.exists(named.resolve(FILE)) ? named : named.resolve("data"));
    }

    public Path path() {
        return folder;
    }

    /** The folder of the page. */
    public Path reportFolder() {
        return folder.toAbsolutePath().getParent();
    }

    public Path file(String name) {
        return folder.resolve(name);
    }

    public boolean hasResults() {
        return Files.exists(folder.resolve(FILE));
    }

    /** @throws IOException if there is nothing, or nothing that this version can read */
    public Results read() throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            throw new IOException("no " + FILE + " in " + folder + ": not the folder of a run");
        }
        try {
            Results results = GSON.fromJson(Files.readString(file), Results.class);
            if (results == null || results.format() != Results.FORMAT) {
                throw new IOException(file + " is of another format than " + Results.FORMAT);
            }
            return results;
        } catch (JsonParseException e) {
            throw new IOException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Replaces the file as a whole, so that a run that is cut short leaves the last whole one. */
    public void write(Results results) throws IOException {
        Files.createDirectories(folder);
        Path draft = folder.resolve(FILE + ".new");
        Files.writeString(draft, GSON.toJson(results) + "\n");
        Files.move(draft, folder.resolve(FILE), StandardCopyOption.REPLACE_EXISTING);
    }
}
