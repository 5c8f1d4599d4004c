/// Pools the features of a person's pictures and video frames into one vector per template, as IJB-B and IJB-C ask:
/// a video must not outweigh a picture by its number of frames.
///
/// Features are averaged (with weights, if any) within each medium, the media are summed, and the sum is scaled to
/// length 1. OpenSphere weighs each feature by 1/(pictures of its medium)/(media), which is the same direction.
/// InsightFace multiplies features, raw norms kept, by the detector's score first: give those as `weights`.
///
/// - Parameters:
///   - features: one row per picture or frame.
///   - templates: the template of each row.
///   - media: the medium of each row; equal numbers within a template are one medium.
///   - weights: what each row is multiplied by; all ones if none are given.
/// - Returns: the templates in order of first appearance, and one vector of length 1 for each (all zeros if its
///   features cancel).
/// - Throws: ``VerificationError`` if counts differ, there is nothing to pool, or rows differ in length.
public func pooledTemplates<Template: Hashable>(
    _ features: [[Float]], templates: [Template], media: [Int], weights: [Float]? = nil
) throws(VerificationError) -> (templates: [Template], vectors: [[Float]]) {
    guard let size = features.first?.count else { throw .empty(what: "features to pool") }
    for (what, count) in [
        ("templates", templates.count), ("media", media.count), ("weights", weights?.count ?? features.count),
    ] where count != features.count {
        throw .countMismatch(what: what, count: count, expected: features.count)
    }
    if let row = features.first(where: { $0.count != size }) {
        throw .countMismatch(what: "numbers in a feature", count: row.count, expected: size)
    }

    var order: [Template] = []
    var rows: [Template: [Int]] = [:]
    for (row, template) in templates.enumerated() {
        if rows[template] == nil { order.append(template) }
        rows[template, default: []].append(row)
    }
    let vectors = order.map { template in
        var sum = Array(repeating: 0.0, count: size)
        for medium in Dictionary(grouping: rows[template] ?? [], by: { media[$0] }).sorted(by: { $0.key < $1.key }) {
            for row in medium.value {
                let share = Double(weights?[row] ?? 1) / Double(medium.value.count)
                for place in 0..<size { sum[place] += share * Double(features[row][place]) }
            }
        }
        let length = sum.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return sum.map { Float(length > 0 ? $0 / length : 0) }
    }
    return (order, vectors)
}
