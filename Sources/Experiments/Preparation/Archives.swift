import Datasets
import Foundation

/// Unpacks a zip archive, or a wheel, with Python's own module: Python is needed to fetch libtorch anyway.
func unzip(_ archive: String, into folder: URL) throws {
    try Subprocess.run(["python3", "-m", "zipfile", "-e", archive, folder.path])
}

/// Unpacks a tar archive, compressed or not, with Python's own module.
func untar(_ archive: String, into folder: URL) throws {
    try Subprocess.run(["python3", "-m", "tarfile", "-e", archive, folder.path])
}

/// Writes a manifest.
func writeManifest(
    _ header: [String], _ rows: [[String]], in folder: URL, named name: String = "manifest.csv"
) throws {
    let lines = ([header] + rows).map { $0.map(commaSeparatedCell).joined(separator: ",") + "\n" }
    try lines.joined().write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
}
