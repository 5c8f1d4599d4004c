import FairnessAudit
import Foundation
import Tables

/// An audit as a user asks for it: a table, a model, some noise, and what comes of it.
public struct AuditExperiment: Sendable {
    public var task: AuditTask
    /// The table's file, and that of people to measure on, if they have one of their own.
    public var table: String
    public var test: String?
    /// Columns' names for tables whose first line is data.
    public var columnNames: [String]?

    public var loss = LinearLoss.logistic
    /// μ
    public var regularization = 0.01
    public var fitTolerance = LinearFit.usualTolerance
    /// Coefficients fitted elsewhere, with their sensitivity.
    public var coefficients: String?
    public var sensitivity: Double?

    public var epsilons: [Double] = [0.1, 0.5, 1, 3, 10]
    public var delta = 1e-5
    public var mechanism = NoiseMechanism.analytic
    public var criteria = FairnessCriterion.allCases
    public var drawCount = 1000
    public var failure = 0.05
    public var tolerance: Double?
    /// Numbers of features to append, to see what grows with the dimension, under the noise of the first ε.
    public var growth: [Int] = []

    public init(table: String, task: AuditTask) {
        self.table = table
        self.task = task
    }

    /// `runs/audit-` and the table's name without its endings.
    public var defaultFolder: String {
        let file = URL(fileURLWithPath: table).lastPathComponent
        return "runs/audit-\(file.prefix { $0 != "." })"
    }

    /// What is under way, for a line of progress.
    public enum Stage: String, Sendable { case reading, preparing, fitting, measuring, drawing, searching, widening }

    /// Everything checked that can be before the data are read.
    ///
    /// - Throws: ``/FairnessAudit/AuditError`` that names the parameter.
    func levels() throws -> [PrivacyParameters] {
        guard !epsilons.isEmpty else { throw AuditError("no epsilon is given; name some, such as 0.1,1,10") }
        guard Set(epsilons).count == epsilons.count else {
            throw AuditError("an epsilon is given twice among \(epsilons); name each once")
        }
        let isPure = mechanism == .laplace
        guard isPure || (delta > 0 && delta < 1) else {
            throw AuditError("delta is \(delta); it must lie between 0 and 1, and well below 1 / (number of rows)")
        }
        let levels = try epsilons.map { try PrivacyParameters(epsilon: $0, delta: isPure ? 0 : delta) }
        // What the mechanism refuses is refused at once.
        for level in levels { _ = try mechanism.scale(level, sensitivity: 1) }
        guard (coefficients == nil) == (sensitivity == nil) else {
            throw AuditError(
                "coefficients fitted elsewhere need the sensitivity of how they were fitted, and only they take one; "
                    + "give both or neither")
        }
        if let sensitivity, !(sensitivity > 0 && sensitivity.isFinite) {
            throw AuditError("the sensitivity is \(sensitivity); it must be a positive number")
        }
        guard growth.isEmpty || coefficients == nil else {
            throw AuditError("growth with the dimension needs a model that is fitted here; leave the coefficients out")
        }
        try NoiseAudit.check(failure: failure, drawCount: drawCount)
        if let tolerance {
            guard mechanism == .analytic else {
                throw AuditError(
                    "a tolerance is searched with the analytic mechanism's noise; leave the \(mechanism.rawValue) "
                        + "mechanism out")
            }
            try NoiseAudit.check(tolerance: tolerance)
        }
        if !growth.isEmpty {
            try DimensionGrowth.check(added: growth, mechanism: mechanism, constantFeature: task.constantFeature)
        }
        return levels
    }

    /// Reads and prepares the data and fits the model.
    func fitted(_ report: (Stage) -> Void) throws -> AuditedModel {
        report(.reading)
        let table = try read(table)
        let people = try test.map(read)
        report(.preparing)
        let prepared = try PreparedTable(table, test: people, task: task)
        guard coefficients == nil else { return try AuditedModel(prepared, experiment: self, fit: nil) }
        report(.fitting)
        let fit = try LinearFit(
            prepared.training, loss: loss, regularization: regularization, tolerance: fitTolerance)
        return try AuditedModel(prepared, experiment: self, fit: fit)
    }

    private func read(_ path: String) throws -> Table {
        var format = TableFormat(fileName: path)
        if format.separator != nil { format.names = columnNames }
        return try Table.read(path, format: format)
    }

    /// Runs the audit.
    ///
    /// - Parameter report: told of every stage as it begins.
    /// - Throws: ``/FairnessAudit/AuditError`` and ``/Tables/TableError``, which name cause and remedy.
    public func run(report: (Stage) -> Void = { _ in }) throws -> AuditReport {
        let levels = try levels()
        var seconds: [String: Double] = [:]
        var (stage, start) = (Stage?.none, Date())
        func begin(_ next: Stage?) {
            if let stage { seconds[stage.rawValue] = Date().timeIntervalSince(start) }
            (stage, start) = (next, Date())
            if let next { report(next) }
        }
        let model = try fitted(begin)
        begin(.measuring)
        let people = try AuditedPeople(model.prepared.heldOut, model: model.model)
        let audit = try NoiseAudit(
            people, model: model.model, criteria: criteria, failure: failure, drawCount: drawCount, seed: task.seed)
        begin(.drawing)
        let effects = try audit.effects(
            of: levels.map {
                NoiseLevel(
                    privacy: $0, mechanism: mechanism,
                    scale: try mechanism.scale($0, sensitivity: model.sensitivity))
            })
        if tolerance != nil { begin(.searching) }
        let found = try tolerance.map { try audit.tolerance($0, delta: delta, sensitivity: model.sensitivity) }
        if !growth.isEmpty { begin(.widening) }
        let widened =
            try growth.isEmpty
            ? nil
            : DimensionGrowth(
                model.prepared, loss: loss, regularization: regularization, level: effects[0].level, added: growth,
                criteria: criteria, drawCount: drawCount, seed: task.seed)
        begin(nil)
        return AuditReport(
            self, model: model, audit: audit, levels: levels, effects: effects, tolerance: found, growth: widened,
            seconds: seconds)
    }
}

/// The model that is audited, with where it comes from.
struct AuditedModel {
    let prepared: PreparedTable
    let model: LinearModel
    let fit: LinearFit?
    let bound: Sensitivity?
    let sensitivity: Double

    init(_ prepared: PreparedTable, experiment: AuditExperiment, fit: LinearFit?) throws {
        self.prepared = prepared
        self.fit = fit
        let names = prepared.encoder.featureNames
        if let fit {
            model = try LinearModel(featureNames: names, coefficients: fit.coefficients)
            let bound = try Sensitivity(
                rowCount: prepared.training.rowCount, regularization: experiment.regularization,
                clippingNorm: prepared.encoder.clippingNorm, constantFeature: prepared.encoder.constantFeature,
                gradientNorm: experiment.fitTolerance)
            self.bound = bound
            sensitivity = bound.value
        } else {
            guard let path = experiment.coefficients, let given = experiment.sensitivity else {
                preconditionFailure("a model without a fit comes from a file")
            }
            model = try LinearModel.load(path, featureNames: names)
            bound = nil
            sensitivity = given
        }
    }
}
