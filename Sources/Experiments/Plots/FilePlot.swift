import Datasets
import Foundation
import Reports
import Verification

/// One of the reports' plots, made from files: `margin plot`.
public struct FilePlot: Sendable {
    /// What is drawn.
    public enum Kind: String, CaseIterable, Sendable {
        /// False rejects over false accepts on normal-deviate axes, of one or several score files.
        case det
        /// True accepts over false accepts with the bootstrap's band, of one or several score files.
        case roc
        /// The scores of one file.
        case histogram
        /// Loss and development figures of one run's log.
        case training
        /// The angle to the own class over one run's log.
        case angle
        /// ψ and η of a head, which is named instead of a file.
        case head

        /// Whether several systems fit into one plot.
        var takesSeveral: Bool { self == .det || self == .roc }
    }

    public var kind: Kind
    /// Score files, a log or a run folder, or the name of a head.
    public var files: [String]
    /// What the systems are called; by their files if empty.
    public var names: [String] = []
    public var title: String?
    /// A list with the keys, where score files have none.
    public var keys: String?
    public var polarity: Polarity?
    /// Draws of a ROC's band; 0 for none.
    public var draws = 1000
    public var seed: UInt64 = 1
    /// `key=value` of a head.
    public var settings: [String] = []

    public init(_ kind: Kind, files: [String]) {
        self.kind = kind
        self.files = files
    }

    /// Reads the files and makes the plot.
    ///
    /// - Throws: what is wrong with a file, naming it.
    public func plot() throws -> Plot {
        guard let first = files.first else {
            throw DataError(path: kind.rawValue, message: "needs a file to draw")
        }
        guard kind.takesSeveral || files.count == 1 else {
            throw DataError(
                path: files[1],
                message: "is one too many: \(kind.rawValue) draws one at a time; det and roc draw several")
        }
        guard names.isEmpty || names.count == files.count else {
            throw DataError(
                path: names.joined(separator: ", "),
                message: "are \(names.count) names for \(files.count) files; give one for each, or none")
        }
        var plot: Plot
        switch kind {
        case .det: plot = .detectionErrorTradeOff(try curves(withBands: false))
        case .roc: plot = .receiverOperatingCharacteristic(try curves(withBands: draws > 0))
        case .histogram:
            plot = .scoreHistogram(of: try trials(first).curve, subtitle: systemNames[0])
        case .training: plot = try logged(first) { Plot.training($0, subtitle: systemNames[0]) }
        case .angle: plot = try logged(first) { Plot.targetAngle($0, subtitle: systemNames[0]) }
        case .head: plot = try HeadFigure.plot(head: first, settings: settings)
        }
        if let title { plot.title = title }
        return plot
    }

    /// Writes the plot, and its numbers as CSV beside it.
    ///
    /// - Returns: both files.
    /// - Throws: ``RunFolderError`` when they cannot be written.
    public static func write(_ plot: Plot, to path: String) throws -> [String] {
        let file = URL(fileURLWithPath: path)
        let table = file.pathExtension == "svg" ? file.deletingPathExtension() : file
        let numbers = table.appendingPathExtension("csv")
        try writeAtomically(plot.svg(), to: path, makesFolders: false)
        try writeAtomically(plot.csv(), to: numbers.relativePath, makesFolders: false)
        return [path, numbers.relativePath]
    }

    private func curves(withBands: Bool) throws -> [DetectionCurve] {
        try zip(files, systemNames).enumerated().map { place, system in
            let trials = try trials(system.0)
            return DetectionCurve(
                name: system.1, curve: trials.curve, look: .ofSeries(place),
                band: withBands ? try band(trials) : nil)
        }
    }

    private func band(_ trials: ScoredTrials) throws -> PointwiseBand {
        let metrics = PointwiseBand.metrics(for: trials.curve)
        let report = try IdentityBootstrap(seed: seed, drawCount: draws).estimates(of: metrics, on: trials)
        return PointwiseBand(metrics, estimates: report.estimates, of: report)
    }

    private func trials(_ path: String) throws -> ScoredTrials {
        var file = try TrialFile(opening: path, polarity: polarity)
        if let keys { file = try file.keyed(by: TrialFile(opening: keys)) }
        return try file.detectionTrials()
    }

    private func logged(_ path: String, _ plot: (TrainingHistory) -> Plot?) throws -> Plot {
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        let file = exists && isFolder.boolValue ? RunFolder(path: path).log : path
        guard let log = FileManager.default.contents(atPath: file) else {
            throw DataError(path: file, message: "cannot be read; name a run folder or its log.jsonl")
        }
        guard let made = plot(TrainingHistory(log: log)) else {
            throw DataError(path: file, message: "has no step of a training run in it that could be drawn")
        }
        return made
    }

    /// Names as given; else those of the files, or of their folders where files are called alike.
    private var systemNames: [String] {
        guard names.isEmpty else { return names }
        let paths = files.map { URL(fileURLWithPath: $0).standardizedFileURL.pathComponents }
        let plain = paths.map {
            $0.last.map { URL(fileURLWithPath: $0).deletingPathExtension().lastPathComponent } ?? ""
        }
        // A log is named after its run; files that are called alike, after their folders as well.
        if plain == ["log"], let folder = paths[0].dropLast().last { return [folder] }
        guard Set(plain).count < plain.count else { return plain }
        return paths.map { $0.suffix(2).joined(separator: "/") }
    }
}
