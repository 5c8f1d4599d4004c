/// A map of the plane, `x' = a x + b y + c` and `y' = d x + e y + f`, in pixels.
///
/// Whole coordinates are the centres of pixels, as in OpenCV.
public struct AffineMap: Sendable, Hashable {
    public var a, b, c: Double
    public var d, e, f: Double

    public init(a: Double, b: Double, c: Double, d: Double, e: Double, f: Double) {
        (self.a, self.b, self.c) = (a, b, c)
        (self.d, self.e, self.f) = (d, e, f)
    }

    /// Leaves every point where it is.
    public static let identity = AffineMap(a: 1, b: 0, c: 0, d: 0, e: 1, f: 0)

    public func callAsFunction(_ point: Point) -> Point {
        Point(x: a * point.x + b * point.y + c, y: d * point.x + e * point.y + f)
    }

    /// The map that undoes this one, nil where it folds the plane onto a line.
    public var inverse: AffineMap? {
        let determinant = a * e - b * d
        guard determinant.isNormal else { return nil }
        let (p, q, r, s) = (e / determinant, -b / determinant, -d / determinant, a / determinant)
        return AffineMap(a: p, b: q, c: -(p * c + q * f), d: r, e: s, f: -(r * c + s * f))
    }

    /// The similarity (rotation, one scale, shift; no reflection) that takes `source` to `target` with
    /// the least sum of squared distances; nil where all points of `source` coincide.
    ///
    /// With both sets centred on their means and `S = Σ |p|²`, the map is
    /// `a = e = Σ p·q / S`, `d = -b = Σ (p_x q_y - p_y q_x) / S`: Umeyama (1991) in two dimensions.
    ///
    /// - Precondition: the sets have the same number of points, at least two.
    public static func similarity(from source: [Point], to target: [Point]) -> AffineMap? {
        precondition(source.count == target.count && source.count >= 2, "a similarity needs pairs of points")
        let p = mean(source)
        let q = mean(target)
        var squares = 0.0
        var dot = 0.0
        var cross = 0.0
        for (from, to) in zip(source, target) {
            let (px, py, qx, qy) = (from.x - p.x, from.y - p.y, to.x - q.x, to.y - q.y)
            squares += px * px + py * py
            dot += px * qx + py * qy
            cross += px * qy - py * qx
        }
        guard squares.isNormal else { return nil }
        let cosine = dot / squares
        let sine = cross / squares
        return AffineMap(
            a: cosine, b: -sine, c: q.x - cosine * p.x + sine * p.y,
            d: sine, e: cosine, f: q.y - sine * p.x - cosine * p.y)
    }

    private static func mean(_ points: [Point]) -> Point {
        let count = Double(points.count)
        return Point(
            x: points.reduce(0) { $0 + $1.x } / count, y: points.reduce(0) { $0 + $1.y } / count)
    }
}
