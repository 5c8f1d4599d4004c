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
}
