import Tables

/// x ↦ (x − centre) / scale, for one column of numbers.
public struct Scaling: Hashable, Sendable, Codable {
    public let centre: Double
    public let scale: Double

    /// - Throws: ``AuditError`` unless both are finite and the scale is positive.
    public init(centre: Double, scale: Double, column: String) throws(AuditError) {
        guard centre.isFinite, scale.isFinite, scale > 0 else {
            throw AuditError(
                "the scaling of “\(column)” has centre \(centre) and scale \(scale); both must be finite and the "
                    + "scale positive")
        }
        self.centre = centre
        self.scale = scale
    }
}

/// How columns of numbers are standardised.
public enum Standardization: Hashable, Sendable {
    /// Not at all.
    case none
    /// By public numbers, per column; columns without any stay as they are.
    case given([String: Scaling])
    /// By the means and standard deviations of the rows to train on. They tell about those rows, and no noise covers
    /// for them: a model made so is not private.
    case fitted

    /// Public numbers from a table with the columns `column`, `centre` and `scale`.
    public static func load(_ path: String) throws -> Standardization {
        let table = try Table.read(path)
        guard case .categories(let codes, let names)? = table.column(named: "column")?.values,
            case .numbers(let centres)? = table.column(named: "centre")?.values,
            case .numbers(let scales)? = table.column(named: "scale")?.values
        else { throw AuditError("\(path) needs the columns “column” (names), “centre” and “scale” (numbers)") }
        var scalings: [String: Scaling] = [:]
        for (row, code) in codes.enumerated() where code >= 0 {
            let name = names[Int(code)]
            scalings[name] = try Scaling(centre: centres[row], scale: scales[row], column: name)
        }
        return .given(scalings)
    }
}
