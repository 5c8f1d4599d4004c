import ArgumentParser

struct Enroll: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Enrol people into a gallery, from pictures.",
        discussion: EnrolmentOptions.discussion + """


            EXAMPLES:
              margin enroll faces.gallery people/      people/ann/1.jpg, …
              margin enroll faces.gallery a.jpg b.jpg --name ann
              margin enroll faces.gallery c.jpg --name ann --more
            """)

    @OptionGroup var enrolment: EnrolmentOptions

    func run() throws { try enrolment.run() }
}
