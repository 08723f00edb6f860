BEGIN TRANSACTION;
CREATE TABLE marks (
	reply TEXT NOT NULL, 
	conversation TEXT NOT NULL, 
	mark TEXT NOT NULL CHECK (mark IN ('up', 'down')), 
	reason TEXT NOT NULL, 
	procedure TEXT, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (reply, conversation), 
	FOREIGN KEY(reply) REFERENCES replies (id) ON DELETE CASCADE
);
INSERT INTO "marks" VALUES('r','c','up','','1.001193','2026-11-22 16:43:01.388554');
CREATE TABLE messages (
	number TEXT NOT NULL, 
	kind TEXT NOT NULL CHECK (kind IN ('question', 'complaint', 'feedback')), 
	text TEXT NOT NULL, 
	contact TEXT, 
	conversation TEXT, 
	state TEXT NOT NULL CHECK (state IN ('draft', 'new', 'taken', 'answered')), 
	created_at DATETIME NOT NULL, 
	sent_at DATETIME, 
	answered_at DATETIME, 
	answer TEXT, 
	procedure TEXT, 
	PRIMARY KEY (number)
);
INSERT INTO "messages" VALUES('CH-2P4-B28','question','Nộp ở đâu?',NULL,'c','new','2026-11-22 16:43:01.383179','2026-11-22 16:43:01.385875',NULL,NULL,NULL);
CREATE TABLE ratings (
	id INTEGER NOT NULL, 
	conversation TEXT NOT NULL, 
	day DATE NOT NULL, 
	level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 5), 
	said_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (conversation, day)
);
INSERT INTO "ratings" VALUES(1,'c','2026-11-22',5,'2026-11-22 16:43:01.389766');
CREATE TABLE replies (
	id TEXT NOT NULL, 
	conversation TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	card_type TEXT NOT NULL, 
	kind TEXT, 
	procedure TEXT, 
	aspects TEXT NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "replies" VALUES('r','c','2026-11-22 16:43:01.386880','answer',NULL,'1.001193','fee');
CREATE TABLE store_version (
	version INTEGER NOT NULL, 
	PRIMARY KEY (version)
);
INSERT INTO "store_version" VALUES(1);
CREATE INDEX ix_messages_conversation ON messages (conversation);
CREATE UNIQUE INDEX one_draft_per_conversation ON messages (conversation) WHERE state = 'draft';
CREATE INDEX ix_replies_conversation ON replies (conversation);
COMMIT;
