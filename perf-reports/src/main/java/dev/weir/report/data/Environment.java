package dev.weir.report.data;

import java.util.Map;

/**
 * The machine and the commit: what a reader needs to know before believing a figure, and what has to be the same for two runs to
 * go into one folder.
 *
 * @param cpu its name
 * @param cpus how many the runner may use
 * @param memoryMegabytes of the machine
 * @param kernel release and build
 * @param virtualization a hypervisor's or container's name, or {@code none}
 * @param governor of the CPU's frequency, or {@code not visible}
 * @param mitigations by vulnerability, as the kernel says
 * @param settings sysctls that matter, during the run
 * @param ioUring whether it is to be had, else why not
 * @param jdk version
 * @param commit of Weir, with {@code -dirty} if there were changes
 */
public record Environment(
        String cpu,
        int cpus,
        long memoryMegabytes,
        String kernel,
        String virtualization,
        String governor,
        Map<String, String> mitigations,
        Map<String, String> settings,
        String ioUring,
        String jdk,
        String commit) {
    /** Whether figures of both may stand in one table: the same machine, kernel, JDK and commit. */
    public boolean isSameAs(Environment other) {
        return cpu.equals(other.cpu)
                && cpus == other.cpus
                && kernel.equals(other.kernel)
                && jdk.equals(other.jdk)
                && commit.equals(other.commit);
    }
}
