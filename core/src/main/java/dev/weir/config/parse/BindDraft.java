package dev.weir.config.parse;

import dev.weir.cli.CliState.SeverityOutput;
import dev.weir.config.model.AddressSpec;
import dev.weir.config.model.BindLine;
import dev.weir.config.model.BindLine.FamilyUse;
import dev.weir.config.model.BindLine.UnixRights;
import dev.weir.config.model.Position;
import java.util.ArrayList;
import java.util.List;

/** A {@code bind} line while it is read. Single-threaded. */
final class BindDraft {
    final Position at;
    /** What UNIX paths begin with. */
    String pathPrefix = "";

    final List<AddressSpec> addresses = new ArrayList<>();
    String name = "";
    String label = "";
    String guidPrefix = "";
    int id;
    int maxConn;
    int backlog;
    boolean acceptProxy;
    boolean deferAccept;
    String device = "";
    int maxSegmentBytes;
    long userTimeoutMs;
    boolean fastOpen;
    boolean transparent;
    FamilyUse families = FamilyUse.DEFAULT;
    int mode = -1;
    int uid = -1;
    int gid = -1;
    String user = "";
    String group = "";
    /** Of a {@code stats socket}; empty for its default. */
    String level = "";

    boolean exposesListeners;
    /** Of a {@code stats socket}: how its messages begin. */
    SeverityOutput severityOutput = SeverityOutput.NONE;

    int threadFirst;
    int threadLast;

    BindDraft(Position at) {
        this.at = at;
    }

    UnixRights rights() {
        return new UnixRights(mode, uid, gid, user, group);
    }

    BindLine build() {
        return new BindLine(
                at,
                List.copyOf(addresses),
                name,
                label,
                guidPrefix,
                id,
                maxConn,
                backlog,
                acceptProxy,
                deferAccept,
                device,
                maxSegmentBytes,
                userTimeoutMs,
                fastOpen,
                transparent,
                families,
                rights(),
                threadFirst,
                threadLast);
    }
}
