import Foundation

/// Keeps a second process out of a run folder. The operating system lets go of it when the process ends,
/// however it ends.
final class RunLock {
    private let descriptor: Int32

    init(file: String, folder: String) throws {
        descriptor = open(file, O_CREAT | O_RDWR | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw RunFolderError(
                path: folder,
                message: "cannot be written: \(String(cString: strerror(errno))); choose another with --runs")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw RunFolderError(
                path: folder,
                message: "another run is going on in this folder; wait for it, "
                    + "or choose another name with --set name=…")
        }
    }

    deinit {
        close(descriptor)
    }
}
