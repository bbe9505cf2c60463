package dev.holdfast.producer.market;

import java.util.List;

/** The words that product names are made of: one row per category, with the prices usual in it (whole units of the currency). */
enum Assortment {
    AUDIO(
            "Audio",
            29,
            899,
            List.of("Lumora", "Northbell", "Kestrel", "Ovaria"),
            List.of("Wireless Headphones", "Bookshelf Speakers", "Soundbar", "Earbuds", "Turntable", "Studio Monitor"),
            List.of("One", "Pro", "SE", "II", "Studio", "Mini")),
    CAMERAS(
            "Cameras",
            79,
            2499,
            List.of("Halden", "Vistara", "Okulus", "Brightwell"),
            List.of("Mirrorless Camera", "Action Camera", "50 mm Lens", "Travel Tripod", "Zoom Lens", "Instant Camera"),
            List.of("X1", "M2", "Compact", "Mark III", "Air", "R")),
    COMPUTERS(
            "Computers",
            39,
            2899,
            List.of("Tessaro", "Corvid", "Nimbus & Co", "Quarry"),
            List.of(
                    "14-inch Laptop",
                    "27-inch Monitor",
                    "Mechanical Keyboard",
                    "Mini PC",
                    "Portable SSD",
                    "USB-C Dock"),
            List.of("Go", "Plus", "Max", "Gen 2", "Lite", "Ultra")),
    PHONES(
            "Phones & Tablets",
            19,
            1299,
            List.of("Arvo", "Pelican", "Sundial", "Mobica"),
            List.of("Smartphone", "11-inch Tablet", "Wireless Charger", "Power Bank", "Smartwatch", "E-Reader"),
            List.of("5", "6 Pro", "Neo", "Edge", "Fold", "Kids")),
    KITCHEN(
            "Kitchen",
            15,
            699,
            List.of("Hearthside", "Bellamy", "Copperleaf", "Nordvik"),
            List.of("Espresso Machine", "Stand Mixer", "Cast-Iron Pan", "Chef's Knife", "Electric Kettle", "Air Fryer"),
            List.of("Classic", "Compact", "XL", "Artisan", "Everyday", "Signature")),
    HOME(
            "Home & Living",
            12,
            549,
            List.of("Fernhollow", "Casa Lina", "Ostro", "Winterbourne"),
            List.of("Floor Lamp", "Linen Duvet Set", "Oak Side Table", "Wool Throw", "Desk Chair", "Robot Vacuum"),
            List.of("Natural", "Charcoal", "Sand", "Moss", "Large", "Slim")),
    GARDEN(
            "Garden & Tools",
            9,
            799,
            List.of("Oakridge", "Thornbury", "Ironwood", "Greenway"),
            List.of("Cordless Drill", "Hedge Trimmer", "Lawn Mower", "Raised Bed", "Garden Hose 25 m", "Socket Set"),
            List.of("18 V", "36 V", "Pro", "Home", "Heavy Duty", "Starter")),
    SPORTS(
            "Sports & Outdoors",
            14,
            1199,
            List.of("Summitry", "Fjellvind", "Trailhead", "Aquilon"),
            List.of(
                    "Trail Running Shoes",
                    "Two-Person Tent",
                    "Down Jacket",
                    "Road Bike Helmet",
                    "Yoga Mat",
                    "Trekking Poles"),
            List.of("Light", "Alpine", "Women's", "Men's", "Carbon", "All-Season")),
    TOYS(
            "Toys & Games",
            8,
            249,
            List.of("Bramble & Bee", "Pocketworks", "Tinkerbox", "Moonmoth"),
            List.of(
                    "Wooden Train Set",
                    "Building Blocks",
                    "Strategy Board Game",
                    "Science Kit",
                    "Plush Bear",
                    "1000-Piece Puzzle"),
            List.of("Deluxe", "Junior", "Family Edition", "Travel", "Starter", "Collector's")),
    BEAUTY(
            "Health & Beauty",
            6,
            199,
            List.of("Solenne", "Wildmint", "Petra Vale", "Aurelis"),
            List.of(
                    "Day Cream",
                    "Electric Toothbrush",
                    "Shampoo Bar",
                    "Sun Lotion SPF 50",
                    "Beard Trimmer",
                    "Body Oil"),
            List.of("Sensitive", "Fresh", "Intense", "50 ml", "Duo Pack", "Refill")),
    GROCERY(
            "Grocery",
            2,
            49,
            List.of("Mill Lane", "Valdoro", "Harvest Moon", "Old Pier"),
            List.of("Olive Oil", "Ground Coffee", "Dark Chocolate", "Basmati Rice", "Wildflower Honey", "Green Tea"),
            List.of("Organic", "500 g", "1 kg", "Reserve", "Fair Trade", "Family Size"));

    final String category;
    final int lowestPrice;
    final int highestPrice;
    final List<String> brands;
    final List<String> things;
    final List<String> variants;

    Assortment(
            String category,
            int lowestPrice,
            int highestPrice,
            List<String> brands,
            List<String> things,
            List<String> variants) {
        this.category = category;
        this.lowestPrice = lowestPrice;
        this.highestPrice = highestPrice;
        this.brands = brands;
        this.things = things;
        this.variants = variants;
    }
}
