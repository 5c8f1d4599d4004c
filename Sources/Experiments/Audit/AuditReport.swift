import FairnessAudit
import Foundation

/// All that an audit found. It tells about the people in the table and is not private.
public struct AuditReport: Sendable, Encodable {
    public static let banner =
        "This report is not private: it tells about the people in the table. Publish only what --release writes."

    /// Noise of one ε by every mechanism.
    public struct Noise: Sendable, Encodable {
        public let epsilon: Double
        public let delta: Double
        /// nil where the classic mechanism does not hold, with the reason.
        public let classic: Double?
        public let classicReason: String?
        public let analytic: Double?
        /// Δ/ε of vector Laplace noise, which is private for δ = 0.
        public let laplaceScale: Double
    }

    /// Which group's decisions change most, at the least noise that changes any.
    public struct FirstToFlip: Sendable, Encodable {
        public let partition: String
        public let group: String
        public let epsilon: Double
        public let expectedFlips: Double
        public let reason: String
    }

    public let banner: String
    public let table: String
    public let label: String
    public let positive: String
    public let trainingRows: Int
    public let heldOutPeople: Int
    public let droppedRows: Int
    public let warnings: [String]
    public let notes: [String]
    public let model: LinearModel
    public let loss: LinearLoss?
    public let regularization: Double?
    public let gradientNorm: Double?
    public let newtonSteps: Int?
    public let heldOutAccuracy: Double
    /// The parts of the sensitivity; nil for a model fitted elsewhere.
    public let sensitivityParts: Sensitivity?
    public let sensitivity: Double
    public let mechanism: NoiseMechanism
    public let noise: [Noise]
    /// What all the ε of this audit would spend together, were a model released under each.
    public let together: PrivacySpent
    public let rates: [CleanRate]
    public let values: [CleanValue]
    public let margins: [GroupMargins]
    public let effects: [NoiseEffect]
    public let firstToFlip: [FirstToFlip]
    public let tolerance: Tolerance?
    public let growth: DimensionGrowth?
    /// What every stage took.
    public let seconds: [String: Double]

    /// The attributes by which people are parted into groups, in order.
    public var partitions: [String] { margins.map(\.partition).distinct() }

    /// With which probability, in percent, bounds hold and draws stay under their quantiles.
    public var confidence: Int { Int(((1 - (effects.first?.failure ?? 0.05)) * 100).rounded()) }

    init(
        _ experiment: AuditExperiment, model: AuditedModel, audit: NoiseAudit, levels: [PrivacyParameters],
        effects: [NoiseEffect], tolerance: Tolerance?, growth: DimensionGrowth?, seconds: [String: Double]
    ) {
        banner = Self.banner
        table = experiment.table
        label = experiment.task.label
        positive = experiment.task.positive
        trainingRows = model.prepared.training.rowCount
        heldOutPeople = audit.people.count
        droppedRows = model.prepared.droppedCount
        warnings = model.prepared.warnings
        notes = audit.measures.notes
        self.model = model.model
        loss = model.fit.map { _ in experiment.loss }
        regularization = model.fit.map { _ in experiment.regularization }
        gradientNorm = model.fit?.gradientNorm
        newtonSteps = model.fit?.stepCount
        heldOutAccuracy = Double(audit.people.correctCounts.reduce(0, +)) / Double(audit.people.count)
        sensitivityParts = model.bound
        sensitivity = model.sensitivity
        mechanism = experiment.mechanism
        let reach = model.sensitivity
        noise = levels.map { level in
            var (classic, reason): (Double?, String?) = (nil, nil)
            do {
                classic = try GaussianMechanism.classic(level, sensitivity: reach)
            } catch {
                reason = "\(error)"
            }
            return Noise(
                epsilon: level.epsilon, delta: level.delta, classic: classic, classicReason: reason,
                analytic: try? GaussianMechanism.analytic(level, sensitivity: reach),
                laplaceScale: reach / level.epsilon)
        }
        together = PrivacySpent(
            effects.map {
                PrivacySpent.Entry(
                    privacy: $0.level.privacy, mechanism: $0.level.mechanism, noiseRatio: $0.level.scale / reach)
            })
        rates = audit.cleanRates()
        values = audit.cleanValues()
        margins = audit.margins
        self.effects = effects
        self.tolerance = tolerance
        self.growth = growth
        self.seconds = seconds
        firstToFlip = Self.firstToFlip(effects, margins: margins)
    }

    /// Per partition the group with the largest share of changing decisions under the least noise.
    private static func firstToFlip(_ effects: [NoiseEffect], margins: [GroupMargins]) -> [FirstToFlip] {
        guard let least = effects.min(by: { $0.level.scale < $1.level.scale }) else { return [] }
        var found: [FirstToFlip] = []
        for (partition, groups) in Dictionary(grouping: least.groups, by: \.partition).sorted(by: { $0.key < $1.key }) {
            func share(_ group: GroupEffect) -> Double { group.expectedFlips ?? group.flips.mean }
            guard let first = groups.max(by: { share($0) < share($1) }) else { continue }
            let own = margins.filter { $0.partition == partition }
            guard let mine = own.first(where: { $0.group == first.group }) else { continue }
            let others = own.filter { $0.group != first.group }.map { $0.magnitudes[1] }
            let format = { (value: Double) in String(format: "%.3g", value) }
            found.append(
                FirstToFlip(
                    partition: partition, group: first.group, epsilon: least.level.privacy.epsilon,
                    expectedFlips: share(first),
                    reason: "a quarter of it stands within |α| ≤ \(format(mine.magnitudes[1])) of the border"
                        + (others.isEmpty
                            ? "" : ", a quarter of the others within \(others.map(format).joined(separator: ", "))")
                        + "; the noise is \(format(least.level.scale))"))
        }
        return found
    }
}
