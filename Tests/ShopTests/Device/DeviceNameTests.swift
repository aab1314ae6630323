import Shop
import Testing

@Suite("What people call a machine")
struct DeviceNameTests {
    @Test(
        "maker and model, the maker once",
        arguments: [
            ("HP", "ProBook 450 G5", "HP ProBook 450 G5"),
            ("HP", "HP ProBook 450 G5", "HP ProBook 450 G5"), ("hp", "HP ProBook", "HP ProBook"),
            ("HP", "HPE MicroServer", "HP HPE MicroServer"), ("HP", "HP", "HP"),
            ("", "ThinkPad", "ThinkPad"), ("Dell", "", "Dell"), ("", "", "Ordinateur portable"),
        ]
    )
    func named(maker: String, model: String, told: String) {
        #expect(DeviceKind.laptop.named(maker, model, in: .french) == told)
    }
}
