import Foundation
import Tables
import Torch
import Verification

/// A table made ready: rows to train on, and people to measure on who were not trained on.
public struct PreparedTable: Sendable {
    public let training: TrainingRows
    public let heldOut: HeldOut
    public let encoder: FeatureEncoder
    /// Rows left out because a value that is needed is missing.
    public let droppedCount: Int
    /// What a careful reader must know, such as leaks.
    public let warnings: [String]

    /// People to measure on.
    public struct HeldOut: Sendable {
        /// float64 [rows, features]
        public let features: Tensor
        public let isPositive: [Bool]
        public let attributes: [Attribute]

        /// - Precondition: a label and a group of every attribute for every row; no group is missing.
        public init(features: Tensor, isPositive: [Bool], attributes: [Attribute]) {
            precondition(
                features.rank == 2 && features.scalarType == .float64 && features.size(0) == isPositive.count
                    && attributes.allSatisfy { $0.groups.count == isPositive.count && !$0.groups.contains { $0 < 0 } },
                "float64 features [rows, features], and a label and groups for every row")
            self.features = features
            self.isPositive = isPositive
            self.attributes = attributes
        }
    }

    /// - Parameters:
    ///   - table: all rows, or those to train on.
    ///   - test: people to measure on; nil to hold some of `table` out.
    /// - Throws: ``AuditError`` for a table that the task does not fit.
    public init(_ table: Table, test: Table? = nil, task: AuditTask) throws {
        try Sensitivity.checkRow(clippingNorm: task.clippingNorm ?? 1, constantFeature: task.constantFeature)
        var warnings: [String] = []
        let first = try UsableRows(table, task: task)
        let second = try test.map { try UsableRows($0, task: task) }
        let (trainRows, testRows) = try Self.split(first, second, task: task)
        var encoder = FeatureEncoder(
            sources: try Self.sources(table, rows: trainRows, task: task, warnings: &warnings),
            clippingNorm: task.clippingNorm ?? .infinity, constantFeature: task.constantFeature)
        guard encoder.featureCount > (task.constantFeature > 0 ? 1 : 0) else {
            throw AuditError("no column is left to be a feature; exclude fewer columns")
        }
        if task.clippingNorm == nil {
            encoder.clippingNorm = try Self.inferredNorm(encoder, table, trainRows)
            warnings.append(
                "the clipping norm \(encoder.clippingNorm) was inferred from the data and tells about them; no privacy "
                    + "statement holds for it. Give a public bound instead")
        }
        training = try TrainingRows(
            features: encoder.encode(table, rows: trainRows), isPositive: trainRows.map { first.isPositive[$0] })
        let measured = second ?? first
        heldOut = HeldOut(
            features: try encoder.encode(test ?? table, rows: testRows),
            isPositive: testRows.map { measured.isPositive[$0] },
            attributes: measured.attributes.map { attribute in
                Attribute(
                    name: attribute.name, groupNames: attribute.groupNames,
                    groups: testRows.map { attribute.groups[$0] })
            })
        self.encoder = encoder
        droppedCount = first.droppedCount + (second?.droppedCount ?? 0)
        if droppedCount > 0 {
            warnings.append(
                "rows that lack a value are left out before the others are dealt; which rows these are is taken as public"
            )
        }
        if encoder.sources.contains(where: { if case .indicators = $0 { true } else { false } }) {
            warnings.append(
                "the categories of columns of text were read from the table; they are taken as public, as is the "
                    + "number of rows")
        }
        self.warnings = warnings
    }

    private static func split(
        _ first: UsableRows, _ second: UsableRows?, task: AuditTask
    ) throws(AuditError) -> (train: [Int], test: [Int]) {
        if let second { return (first.rows, second.rows) }
        guard task.holdout > 0, task.holdout < 1 else {
            throw AuditError("the share held out is \(task.holdout); it must lie between 0 and 1, such as 0.3")
        }
        var order = first.rows
        var generator = SplitMix64(seed: task.seed)
        order.shuffle(using: &generator)
        let count = max(1, Int((Double(order.count) * task.holdout).rounded()))
        guard count < order.count else {
            throw AuditError("\(order.count) rows are too few to train on some and measure on others")
        }
        return (order[count...].sorted(), order[..<count].sorted())
    }

    private static func sources(
        _ table: Table, rows: [Int], task: AuditTask, warnings: inout [String]
    ) throws(AuditError) -> [FeatureEncoder.Source] {
        if case .given(let scalings) = task.standardization {
            for name in scalings.keys.sorted() { _ = try table.required(name) }
        }
        if case .fitted = task.standardization {
            warnings.append(
                "means and standard deviations were taken from the rows to train on and tell about them; no privacy "
                    + "statement holds for the model. Give public ones instead")
        }
        var sources: [FeatureEncoder.Source] = []
        for column in table.featureColumns(of: task) {
            guard !column.isConstant else {
                throw AuditError(
                    "the column “\(column.name)” has the same value in every row, so it can teach nothing; leave it "
                        + "out, or ask for a constant feature if you want an intercept")
            }
            switch column.values {
            case .categories(_, let names):
                guard names.count <= 1000 else {
                    throw AuditError(
                        "the column “\(column.name)” has \(names.count) different texts; leave it out, or group them")
                }
                sources.append(.indicators(name: column.name, categories: names.sorted()))
            case .numbers(let numbers):
                var scaling: Scaling?
                if case .given(let scalings) = task.standardization { scaling = scalings[column.name] }
                if case .fitted = task.standardization {
                    scaling = try fitted(numbers, rows: rows, column: column.name)
                }
                sources.append(
                    .number(name: column.name, centre: scaling?.centre ?? 0, scale: scaling?.scale ?? 1))
            }
        }
        return sources
    }

    private static func fitted(_ numbers: [Double], rows: [Int], column: String) throws(AuditError) -> Scaling {
        var (mean, square) = (0.0, 0.0)
        for row in rows { mean += numbers[row] / Double(rows.count) }
        for row in rows { square += (numbers[row] - mean) * (numbers[row] - mean) / Double(rows.count) }
        guard square > 0 else {
            throw AuditError("the column “\(column)” has the same value in every row to train on; leave it out")
        }
        return try Scaling(centre: mean, scale: square.squareRoot(), column: column)
    }

    private static func inferredNorm(_ encoder: FeatureEncoder, _ table: Table, _ rows: [Int]) throws -> Double {
        let bare = FeatureEncoder(sources: encoder.sources, clippingNorm: .infinity, constantFeature: 0)
        let norms = try bare.encode(table, rows: rows).rowNorms().sorted()
        let norm = norms[Int(0.95 * Double(norms.count - 1))]
        guard norm > 0 else { throw AuditError("nearly all rows are 0, so no clipping norm can be inferred; give one") }
        return norm
    }
}
