import Foundation

/// The size that a process's files may have.
enum FileLimit {
    /// A file beyond the limit is then an error like a full disk, and not the end of the process.
    static func becomesAnError() { signal(SIGXFSZ, SIG_IGN) }
}
