import Datasets
import Foundation
import Models
import TestSupport
import Testing

@Suite struct AlignmentTests {
    @Test func theTemplateScalesAboutThePicturesCentre() {
        let whole = FaceTemplate.points(width: 112, height: 112)
        #expect(whole.count == 5)
        #expect(abs(whole[0].x - 38.2946) < 1e-9 && abs(whole[4].y - 92.2041) < 1e-9)
        // Eight columns fewer on either side.
        let narrow = FaceTemplate.points(width: 96, height: 112)
        #expect(zip(whole, narrow).allSatisfy { abs($0.x - 8 - $1.x) < 1e-9 && abs($0.y - $1.y) < 1e-9 })
        // Half the size: the distance from the picture's edge, which is at −½, halves.
        let half = FaceTemplate.points(width: 56, height: 56)
        #expect(zip(whole, half).allSatisfy { abs(($0.x + 0.5) / 2 - ($1.x + 0.5)) < 1e-9 })
    }

    /// A face that is turned, larger and elsewhere: its landmarks, as a similarity of the template.
    private func landmarks(angle: Double, scale: Double) -> Landmarks {
        let points = FaceTemplate.points(width: 112, height: 112).map { point in
            Point(
                x: 110 + scale * (cos(angle) * (point.x - 56) - sin(angle) * (point.y - 56)),
                y: 95 + scale * (sin(angle) * (point.x - 56) + cos(angle) * (point.y - 56)))
        }
        return Landmarks(
            leftEye: points[0], rightEye: points[1], nose: points[2], leftMouthCorner: points[3],
            rightMouthCorner: points[4])
    }

    /// A bell of light at a place.
    private func picture(litAt place: Point) -> Image {
        var image = Image(width: 220, height: 190, channels: 1, filledWith: 0)
        for y in 0..<image.height {
            for x in 0..<image.width {
                let (dx, dy) = (Double(x) - place.x, Double(y) - place.y)
                image[x, y, 0] = UInt8(255 * exp(-(dx * dx + dy * dy) / 32))
            }
        }
        return image
    }

    private func centreOfLight(_ image: Image) -> Point {
        var (sum, x, y) = (0.0, 0.0, 0.0)
        for row in 0..<image.height {
            for column in 0..<image.width {
                let light = Double(image[column, row, 0])
                sum += light
                x += light * Double(column)
                y += light * Double(row)
            }
        }
        return Point(x: x / sum, y: y / sum)
    }

    @Test(arguments: [(0.0, 1.0), (0.35, 1.3), (-0.6, 0.8)], [(112, 112), (96, 112), (64, 64)])
    func landmarksComeToLieOnTheTemplate(_ pose: (Double, Double), _ size: (Int, Int)) throws {
        let landmarks = landmarks(angle: pose.0, scale: pose.1)
        let transform = PictureTransform(channels: 1, height: size.1, width: size.0, alignment: .landmarks)
        let template = FaceTemplate.points(width: size.0, height: size.1)
        for (place, target) in zip(landmarks.points, template) {
            let found = centreOfLight(try transform.framed(picture(litAt: place), landmarks: landmarks))
            #expect(hypot(found.x - target.x, found.y - target.y) < 0.5)
        }
    }

    @Test func landmarksThatAreMissingOrCoincideAreRefused() throws {
        let transform = PictureTransform(channels: 1, height: 16, width: 16, alignment: .landmarks)
        let image = Toy.picture(identity: 0, number: 0)
        #expect(throws: TransformError.landmarksMissing) { try transform.framed(image) }
        let point = Point(x: 3, y: 4)
        let one = Landmarks(
            leftEye: point, rightEye: point, nose: point, leftMouthCorner: point, rightMouthCorner: point)
        #expect(throws: TransformError.landmarksCoincide) { try transform.framed(image, landmarks: one) }

        let source = Toy.source(identities: 1, pictures: 1)
        let text = try #require(message { try transform.framedImage(of: source.items[0], in: source) })
        #expect(text.hasPrefix("memory/picture0: ") && text.contains("five landmarks"))
    }
}
