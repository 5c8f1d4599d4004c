import Datasets

/// Where the five landmarks of an aligned face lie.
///
/// The usual 112×112 template of face recognition (InsightFace's `arcface_dst`); other sizes scale it
/// about the picture's centre by their height, so that a 112×96 picture loses eight columns on either side.
public enum FaceTemplate {
    private static let size = 112.0
    private static let template = [
        Point(x: 38.2946, y: 51.6963), Point(x: 73.5318, y: 51.5014), Point(x: 56.0252, y: 71.7366),
        Point(x: 41.5493, y: 92.3655), Point(x: 70.7299, y: 92.2041),
    ]

    /// Left eye, right eye, nose, left and right mouth corner, in pixels.
    public static func points(width: Int, height: Int) -> [Point] {
        let scale = Double(height) / size
        let margin = (Double(width) - size * scale) / 2
        // Whole coordinates are the centres of pixels: the picture's edge is at −½.
        return template.map { point in
            Point(x: (point.x + 0.5) * scale - 0.5 + margin, y: (point.y + 0.5) * scale - 0.5)
        }
    }
}
