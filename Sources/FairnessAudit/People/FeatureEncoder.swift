import Foundation
import Tables
import Torch

/// From a table's columns to rows of features: numbers are scaled, categories become one indicator each, the row is
/// clipped to a norm, and a constant feature may follow.
public struct FeatureEncoder: Sendable {
    /// One column and what becomes of it.
    public enum Source: Hashable, Sendable {
        case number(name: String, centre: Double, scale: Double)
        case indicators(name: String, categories: [String])

        var width: Int {
            switch self {
            case .number: 1
            case .indicators(_, let categories): categories.count
            }
        }
    }

    public let sources: [Source]
    /// R; infinite while it is not known.
    public var clippingNorm: Double
    /// Appended after clipping; 0 for none.
    public let constantFeature: Double

    public init(sources: [Source], clippingNorm: Double, constantFeature: Double) {
        self.sources = sources
        self.clippingNorm = clippingNorm
        self.constantFeature = constantFeature
    }

    /// Such as `age`, `job=clerk`, `(constant)`.
    public var featureNames: [String] {
        sources.flatMap { source in
            switch source {
            case .number(let name, _, _): [name]
            case .indicators(let name, let categories): categories.map { "\(name)=\($0)" }
            }
        } + (constantFeature > 0 ? ["(constant)"] : [])
    }

    public var featureCount: Int { sources.reduce(constantFeature > 0 ? 1 : 0) { $0 + $1.width } }

    /// What a column of another table is, seen with this encoder's eyes.
    private enum Reading {
        case numbers([Double], centre: Double, scale: Double)
        /// Per code the indicator to set, −1 for a category that was not there before.
        case codes([Int32], place: [Int])
    }

    /// The features of some rows, float64 [rows, features].
    ///
    /// - Throws: ``AuditError`` if a column is missing or of the other kind.
    public func encode(_ table: Table, rows: [Int]) throws -> Tensor {
        let readings = try sources.map { try reading($0, in: table) }
        let width = featureCount
        let features = try Tensor.zeros([rows.count, width], scalarType: .float64)
        try features.withElements(of: Double.self) { memory in
            // Every row is written by one thread alone.
            nonisolated(unsafe) let memory = memory
            let block = 512
            Libtorch.concurrently((rows.count + block - 1) / block) { part in
                let range = part * block..<min(rows.count, (part + 1) * block)
                var column = 0
                for (source, reading) in zip(sources, readings) {
                    switch reading {
                    case .numbers(let numbers, let centre, let scale):
                        for row in range { memory[row * width + column] = (numbers[rows[row]] - centre) / scale }
                    case .codes(let codes, let place):
                        for row in range {
                            let indicator = place[Int(codes[rows[row]])]
                            if indicator >= 0 { memory[row * width + column + indicator] = 1 }
                        }
                    }
                    column += source.width
                }
                for row in range {
                    clip(UnsafeMutableBufferPointer(rebasing: memory[row * width..<row * width + column]))
                    if constantFeature > 0 { memory[row * width + column] = constantFeature }
                }
            }
        }
        return features
    }

    private func clip(_ row: UnsafeMutableBufferPointer<Double>) {
        var square = 0.0
        for value in row { square += value * value }
        guard square > clippingNorm * clippingNorm else { return }
        // A hair inside the norm, so that rounding does not put it outside.
        let factor = clippingNorm / square.squareRoot() * (1 - 0x1p-51)
        for place in row.indices { row[place] *= factor }
    }

    private func reading(_ source: Source, in table: Table) throws(AuditError) -> Reading {
        switch source {
        case .number(let name, let centre, let scale):
            guard case .numbers(let numbers) = try table.required(name).values else {
                throw AuditError("the column “\(name)” holds numbers in one table and categories in the other")
            }
            return .numbers(numbers, centre: centre, scale: scale)
        case .indicators(let name, let categories):
            guard case .categories(let codes, let names) = try table.required(name).values else {
                throw AuditError("the column “\(name)” holds categories in one table and numbers in the other")
            }
            return .codes(codes, place: names.map { categories.firstIndex(of: $0) ?? -1 })
        }
    }
}
