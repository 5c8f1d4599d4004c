import Torch

/// What a linear model is fitted to: rows of features and two classes.
public struct TrainingRows: Sendable {
    /// float64 [rows, features]
    public let features: Tensor
    public let isPositive: [Bool]

    /// - Throws: ``AuditError`` unless both classes are there.
    public init(features: Tensor, isPositive: [Bool]) throws {
        precondition(
            features.rank == 2 && features.size(0) == isPositive.count && features.scalarType == .float64,
            "float64 features [rows, features] and a label for every row")
        guard !isPositive.isEmpty else { throw AuditError("there are no rows to train on") }
        guard isPositive.contains(true), isPositive.contains(false) else {
            throw AuditError(
                "all \(isPositive.count) rows to train on are \(isPositive[0] ? "positive" : "negative"); "
                    + "a classifier needs both classes: check the label's column and its positive value")
        }
        self.features = features
        self.isPositive = isPositive
    }

    /// Rows from Swift's memory, row by row.
    public init(features: [[Double]], isPositive: [Bool]) throws {
        let width = features.first?.count ?? 0
        try self.init(
            features: Tensor(features.flatMap { $0 }, shape: [features.count, width]), isPositive: isPositive)
    }

    public var rowCount: Int { isPositive.count }
    public var featureCount: Int { features.size(1) }
}
