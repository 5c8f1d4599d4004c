import CTorch

/// The libtorch underneath: its versions and its threads.
public enum Libtorch {
    /// The version whose headers this library was compiled against, such as "2.13.0".
    public static var compiledVersion: String { String(cString: ct_compiled_version()) }

    /// The version that is loaded.
    public static var loadedVersion: String { String(cString: ct_loaded_version()) }

    /// What libtorch says of its own build: compiler, BLAS, instruction sets.
    public static var buildDescription: String { String(cString: ct_build_description()) }

    /// How many threads one operator may use on the CPU.
    public static var threadCount: Int {
        get { Int(ct_thread_count()) }
        set { ct_set_thread_count(Int32(newValue)) }
    }

    /// Bytes of memory that freed tensors on the CPU have left behind for the next ones.
    ///
    /// A training step allocates the same sizes again and again, and fresh memory costs a page fault
    /// every 4 KiB. What lies idle never exceeds what was in use when it was last added to. With
    /// `ANGULARMARGIN_MALLOC=1` in the environment tensors come from `malloc` instead.
    public static var idleMemory: Int { Int(ct_idle_memory()) }

    /// Gives that memory back to the system.
    public static func releaseIdleMemory() { ct_release_idle_memory() }
}
