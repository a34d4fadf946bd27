package dev.weir.bridge.ring;

/** Numbers of include/uapi/linux/io_uring.h, with the kernel that brought each. */
public final class UringConstants {
    // io_uring_setup flags
    static final int SETUP_CQSIZE = 1 << 3;
    static final int SETUP_CLAMP = 1 << 4;
    static final int SETUP_R_DISABLED = 1 << 6; // 5.10
    static final int SETUP_SUBMIT_ALL = 1 << 7; // 5.18
    static final int SETUP_COOP_TASKRUN = 1 << 8; // 5.19
    static final int SETUP_TASKRUN_FLAG = 1 << 9; // 5.19
    static final int SETUP_SINGLE_ISSUER = 1 << 12; // 6.0
    static final int SETUP_DEFER_TASKRUN = 1 << 13; // 6.1
    static final int SETUP_NO_SQARRAY = 1 << 16; // 6.6

    static final int FEATURE_SINGLE_MMAP = 1;
    static final int FEATURE_NODROP = 1 << 1;
    static final int FEATURE_EXT_ARG = 1 << 8;

    // io_uring_enter flags
    static final int ENTER_GETEVENTS = 1;
    static final int ENTER_EXT_ARG = 8;
    static final int ENTER_REGISTERED_RING = 16;
    static final int ENTER_NO_IOWAIT = 128; // 6.15

    static final int FEATURE_NO_IOWAIT = 1 << 17; // 6.15

    // io_uring_register opcodes
    static final int REGISTER_PROBE = 8;
    static final int REGISTER_ENABLE_RINGS = 12;
    static final int REGISTER_RING_FDS = 20;
    static final int REGISTER_PBUF_RING = 22;

    // operations
    public static final int OP_POLL_ADD = 6;
    public static final int OP_SENDMSG = 9;
    public static final int OP_TIMEOUT = 11;
    public static final int OP_TIMEOUT_REMOVE = 12;
    public static final int OP_ACCEPT = 13;
    public static final int OP_ASYNC_CANCEL = 14;
    public static final int OP_CONNECT = 16;
    public static final int OP_CLOSE = 19;
    public static final int OP_READ = 22;
    public static final int OP_SEND = 26;
    public static final int OP_RECV = 27;
    public static final int OP_SEND_ZC = 47; // 6.0: its presence stands for multishot receive, of the same release

    // entry flags
    public static final int SQE_BUFFER_SELECT = 1 << 5;
    public static final int SQE_CQE_SKIP_SUCCESS = 1 << 6; // 5.17

    // ioprio of receive, send and accept
    public static final int RECV_POLL_FIRST = 1;
    public static final int RECV_MULTISHOT = 2; // 6.0
    public static final int ACCEPT_MULTISHOT = 1; // 5.19

    // flags of time-outs
    static final int TIMEOUT_ABSOLUTE = 1;
    static final int TIMEOUT_UPDATE = 1 << 1;

    // completion flags
    public static final int CQE_BUFFER = 1;
    public static final int CQE_MORE = 2;
    public static final int CQE_SOCK_NONEMPTY = 4;
    public static final int CQE_BUFFER_SHIFT = 16;

    // submission ring flags
    static final int SQ_CQ_OVERFLOW = 2;
    static final int SQ_TASKRUN = 4;

    private UringConstants() {}
}
