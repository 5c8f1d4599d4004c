import Foundation
import Tables
import Torch

/// A linear classifier: it decides for the positive class where θ·x ≥ 0.
public struct LinearModel: Hashable, Sendable, Codable {
    public let featureNames: [String]
    public let coefficients: [Double]

    /// - Throws: ``AuditError`` for coefficients that do not fit the names or are not finite.
    public init(featureNames: [String], coefficients: [Double]) throws(AuditError) {
        guard featureNames.count == coefficients.count else {
            throw AuditError(
                "there are \(coefficients.count) coefficients for \(featureNames.count) features; one each is needed")
        }
        if let place = coefficients.firstIndex(where: { !$0.isFinite }) {
            throw AuditError("the coefficient of “\(featureNames[place])” is \(coefficients[place]), not a number")
        }
        guard coefficients.contains(where: { $0 != 0 }) else {
            throw AuditError("all coefficients are 0; such a model decides nothing")
        }
        self.featureNames = featureNames
        self.coefficients = coefficients
    }

    /// ‖θ‖, the Lipschitz constant of the score.
    public var norm: Double { coefficients.reduce(0) { $0 + $1 * $1 }.squareRoot() }

    /// Coefficients fitted elsewhere: from a CSV file with the columns `feature` and `coefficient`, in any order of
    /// rows, or from a safetensors file with one tensor `coefficients` in the order of `featureNames`.
    ///
    /// - Throws: ``AuditError`` where a feature is missing or unknown; what is wrong with the file itself.
    public static func load(_ path: String, featureNames: [String]) throws -> LinearModel {
        if path.lowercased().hasSuffix(".safetensors") {
            let file = try Safetensors.load(URL(fileURLWithPath: path))
            guard let tensor = file.tensors["coefficients"] else {
                throw AuditError("\(path) has no tensor “coefficients”, but \(file.names.joined(separator: ", "))")
            }
            return try LinearModel(featureNames: featureNames, coefficients: tensor.reals())
        }
        let table = try Table.read(path)
        guard case .categories(let codes, let names)? = table.column(named: "feature")?.values,
            case .numbers(let numbers)? = table.column(named: "coefficient")?.values
        else {
            throw AuditError("\(path) needs the columns “feature” (names) and “coefficient” (numbers)")
        }
        var found: [String: Double] = [:]
        for (row, code) in codes.enumerated() where code >= 0 {
            let name = names[Int(code)]
            guard featureNames.contains(name) else {
                throw AuditError("\(path) names the feature “\(name)”, which the table does not give")
            }
            guard found.updateValue(numbers[row], forKey: name) == nil else {
                throw AuditError("\(path) gives the feature “\(name)” twice")
            }
        }
        return try LinearModel(
            featureNames: featureNames,
            coefficients: featureNames.map { name in
                guard let value = found[name] else {
                    throw AuditError("\(path) gives no coefficient for the feature “\(name)”")
                }
                return value
            })
    }
}
