/// A place in a picture in pixels: x to the right, y downwards, (0, 0) the centre of the first pixel.
public struct Point: Sendable, Hashable {
    public var x: Double
    public var y: Double

    public init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }
}

/// The five points by which faces are aligned, in the order detectors give them.
///
/// Left and right are the picture's: `leftEye` is the eye with the smaller x in an upright, frontal
/// face. Coordinates refer to the picture as it is decoded, after a JPEG's orientation was applied.
public struct Landmarks: Sendable, Hashable {
    public var leftEye: Point
    public var rightEye: Point
    public var nose: Point
    public var leftMouthCorner: Point
    public var rightMouthCorner: Point

    public init(leftEye: Point, rightEye: Point, nose: Point, leftMouthCorner: Point, rightMouthCorner: Point) {
        self.leftEye = leftEye
        self.rightEye = rightEye
        self.nose = nose
        self.leftMouthCorner = leftMouthCorner
        self.rightMouthCorner = rightMouthCorner
    }

    /// The five points in order.
    public var points: [Point] {
        [leftEye, rightEye, nose, leftMouthCorner, rightMouthCorner]
    }
}
