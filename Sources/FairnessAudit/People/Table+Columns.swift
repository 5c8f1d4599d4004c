import Suggestions
import Tables

extension Table {
    /// The column of this name.
    ///
    /// - Throws: ``AuditError`` that names the nearest column there is.
    public func required(_ name: String) throws(AuditError) -> Column {
        if let column = column(named: name) { return column }
        let hint = nearest(name, among: names).map { "did you mean “\($0)”?" }
        let listed = names.prefix(30).joined(separator: ", ") + (names.count > 30 ? ", …" : "")
        throw AuditError("there is no column “\(name)”; \(hint ?? "the columns are \(listed)")")
    }
}

extension Column {
    /// The column's values as categories; whole numbers are written without a point.
    func categories(atMost count: Int) throws(AuditError) -> (codes: [Int32], names: [String]) {
        switch values {
        case .categories(let codes, let names):
            guard names.count <= count else {
                throw AuditError(
                    "the column “\(name)” has \(names.count) different values, more than the \(count) that groups "
                        + "may have; merge them in the table first")
            }
            return (codes, names)
        case .numbers(let numbers):
            var places: [Double: Int32] = [:]
            var names: [String] = []
            var codes: [Int32] = []
            codes.reserveCapacity(numbers.count)
            for number in numbers {
                guard !number.isNaN else {
                    codes.append(-1)
                    continue
                }
                if let place = places[number] {
                    codes.append(place)
                    continue
                }
                guard names.count < count else {
                    throw AuditError(
                        "the column “\(name)” holds more than \(count) different numbers; "
                            + "cut it in two, for example \(name)<=\(Self.text(number))")
                }
                codes.append(Int32(names.count))
                places[number] = Int32(names.count)
                names.append(Self.text(number))
            }
            return (codes, names)
        }
    }

    static func text(_ number: Double) -> String {
        Int(exactly: number).map(String.init) ?? "\(number)"
    }

    /// Whether all values that are not missing are equal.
    var isConstant: Bool {
        switch values {
        case .categories(let codes, _):
            let first = codes.first { $0 >= 0 }
            return codes.allSatisfy { $0 < 0 || $0 == first }
        case .numbers(let numbers):
            let first = numbers.first { !$0.isNaN }
            return numbers.allSatisfy { $0.isNaN || $0 == first }
        }
    }
}
